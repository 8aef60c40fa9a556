package org.intelmq.bot;

/** Makes the events of one row with {@link Row#newEvent()}: usually one; none to skip the row. Throwing rejects only this row. */
@FunctionalInterface
public interface RowMapper<R> {

    void map(Row<R> row) throws Exception;
}
