package org.intelmq.bots.parsers.shadowserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.bot.Row;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.Added;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidKey;

/**
 * Creates events from one report's rows. Values that no field accepts, and all columns that the schema does not name, go into {@code extra}.
 * The columns are looked up when the first row comes.
 */
final class ReportMapper {

    private final Schema.Feed feed;
    private final boolean overwritesName;
    private final Logger log;
    private Columns columns;

    ReportMapper(Schema.Feed feed, boolean overwritesName, Logger log) {
        this.feed = feed;
        this.overwritesName = overwritesName;
        this.log = log;
    }

    /**
     * The report's columns: each name once, the position of its cell, and the position of each of the schema's items among them; -1 if it is
     * missing.
     */
    private record Columns(List<String> names, int[] cells, int[] counts, int[] required, int[] optional) {

        static Columns of(CsvRecord row, Schema.Feed feed) {
            Map<String, Integer> index = new LinkedHashMap<>();
            row.columns().forEach(name -> index.putIfAbsent(name, index.size()));
            int[] cells = new int[index.size()];
            int[] counts = new int[index.size()];
            for (int i = 0; i < row.columns().size(); i++) {
                int column = index.get(row.columns().get(i));
                cells[column] = i;
                counts[column]++;
            }
            return new Columns(List.copyOf(index.keySet()), cells, counts, positions(feed.required(), index), positions(feed.optional(), index));
        }

        private static int[] positions(List<Schema.Item> items, Map<String, Integer> index) {
            return items.stream().mapToInt(item -> index.getOrDefault(item.column(), -1)).toArray();
        }
    }

    void map(Row<CsvRecord> row) {
        CsvRecord record = row.content();
        if (columns == null) {
            columns = Columns.of(record, feed);
            warnOfMissing();
        }
        Event event = row.newEvent();
        event.add(Fields.FEED_NAME, feed.name(), overwritesName ? IfPresent.REPLACE : IfPresent.KEEP);
        event.add(Fields.FEED_DOCUMENTATION, feed.url(), IfPresent.KEEP);
        Remaining remaining = new Remaining(columns.counts());
        Map<String, Object> extra = new LinkedHashMap<>();
        addRequired(event, record, remaining);
        addOptional(event, record, remaining, extra);
        feed.constants().forEach(event::put);
        event.add(Fields.RAW, row.text());
        for (int column : remaining.inOrder()) {
            String cell = cell(record, column);
            if (!"".equals(cell)) {
                extra.put(columns.names().get(column), cell);
            }
        }
        if (!extra.isEmpty()) {
            event.add(Fields.EXTRA, extra);
        }
    }

    private void warnOfMissing() {
        for (int i = 0; i < columns.optional().length; i++) {
            if (columns.optional()[i] < 0) {
                log.warning("Optional key '" + feed.optional().get(i).column() + "' not found in feed '" + feed.name()
                        + "'. Possible change in data format or misconfiguration.");
            }
        }
    }

    private void addRequired(Event event, CsvRecord record, Remaining remaining) {
        for (int i = 0; i < columns.required().length; i++) {
            Schema.Item item = feed.required().get(i);
            int column = columns.required()[i];
            if (column < 0) {
                throw new IllegalArgumentException("Required column '" + item.column() + "' not found in feed '" + feed.name()
                        + "'. Possible change in data format or misconfiguration.");
            }
            remaining.require(column);
            Object value = value(item, column, record);
            if (value == null) {
                continue;
            }
            try {
                event.add(item.target(), value);
            } catch (InvalidKey e) {
                log.warning("The schema's field '" + item.target() + "' is not a field of events.");
            }
            remaining.remove(column);
        }
    }

    private void addOptional(Event event, CsvRecord record, Remaining remaining, Map<String, Object> extra) {
        for (int i = 0; i < columns.optional().length; i++) {
            int column = columns.optional()[i];
            if (column < 0) {
                continue;
            }
            remaining.require(column);
            Schema.Item item = feed.optional().get(i);
            if (takeConverted(event, item, column, record, extra)) {
                remaining.remove(column);
            }
        }
    }

    /**
     * Returns false if the cell cannot be converted, so that it goes into {@code extra} unchanged. But if cells are missing, the others are
     * not where they belong.
     */
    private boolean takeConverted(Event event, Schema.Item item, int column, CsvRecord record, Map<String, Object> extra) {
        Object value;
        try {
            value = value(item, column, record);
        } catch (IllegalArgumentException e) {
            if (record.cells().size() < columns.names().size()) {
                throw e;
            }
            return false;
        }
        return value == null || take(event, item, value, extra);
    }

    /** Returns false if the value is invalid, so that the cell goes into {@code extra} unchanged. */
    private static boolean take(Event event, Schema.Item item, Object value, Map<String, Object> extra) {
        if (item.target() == null) {
            return true;
        }
        if (item.isExtra()) {
            extra.put(item.extraName(), value);
            return true;
        }
        try {
            return event.add(item.target(), value, IfPresent.FAIL, true, false, null) != Added.REFUSED;
        } catch (InvalidKey e) {
            extra.put(item.target().name(), value);
            return true;
        }
    }

    private Object value(Schema.Item item, int column, CsvRecord record) {
        String cell = cell(record, column);
        return cell == null || item.conversion() == null ? cell : item.conversion().convert(cell, record);
    }

    private String cell(CsvRecord record, int column) {
        int index = columns.cells()[column];
        return index < record.cells().size() ? record.cells().get(index) : null;
    }

    /** The columns that no field has taken yet; a column that is used again comes last. */
    private static final class Remaining {

        private final int[] counts;
        private final List<Integer> again = new ArrayList<>(0);

        Remaining(int[] counts) {
            this.counts = counts.clone();
        }

        void require(int column) {
            if (counts[column] == 0) {
                counts[column]++;
                again.add(column);
            }
        }

        void remove(int column) {
            counts[column]--;
            again.remove((Integer) column);
        }

        List<Integer> inOrder() {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0 && !again.contains(i)) {
                    order.add(i);
                }
            }
            order.addAll(again);
            return order;
        }
    }
}
