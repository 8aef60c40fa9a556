package org.intelmq.bots.collectors.rt;

import java.util.ArrayList;
import java.util.List;

/** A search for tickets in Request Tracker's query language. */
final class TicketQuery {

    private final String queue;
    private final List<String> conditions = new ArrayList<>();
    private boolean grouped;

    /** @param queue where to search */
    TicketQuery(String queue) {
        this.queue = queue;
    }

    /** @param value a text, a list of texts that must all hold, or {@code null} or an empty text for no condition */
    TicketQuery and(String field, String operator, Object value) {
        if (value instanceof List<?> values) {
            grouped |= !values.isEmpty();
            values.forEach(one -> conditions.add(condition(field, operator, one)));
        } else if (value != null && !value.toString().isEmpty() && !value.equals(false)) {
            conditions.add(condition(field, operator, value));
        }
        return this;
    }

    private static String condition(String field, String operator, Object value) {
        return '(' + field + operator + '\'' + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "')";
    }

    /** With a list among the values, all conditions except the queue's are in one pair of brackets, as in IntelMQ. */
    @Override
    public String toString() {
        String all = String.join(" AND ", conditions);
        String first = condition("Queue", "=", queue);
        return conditions.isEmpty() ? first : first + " AND " + (grouped ? '(' + all + ')' : all);
    }
}
