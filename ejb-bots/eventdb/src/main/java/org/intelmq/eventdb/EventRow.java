package org.intelmq.eventdb;

/** The entity for the table of events: a value a column, in the order of {@link Columns}. */
public final class EventRow {

    final Object[] values;
    /** Tells rows of one unit of work apart; the table's own id is the database's matter. */
    Long number;

    public EventRow() {
        this(new Object[0], null);
    }

    EventRow(Object[] values, Long number) {
        this.values = values;
        this.number = number;
    }
}
