package org.intelmq.bot;

/** Makes events of one row with {@link Row#newEvent()}: usually one, none to skip the row. Throwing rejects this row alone. */
@FunctionalInterface
public interface RowMapper<R> {

    void map(Row<R> row) throws Exception;
}
