package org.intelmq.eventdb;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;

/** A way to write rows of {@link Columns} within the transaction of an entity manager. */
interface RowWriter {

    void write(EntityManager entities, List<Object[]> rows) throws SQLException;
}
