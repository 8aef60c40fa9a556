package org.intelmq.bots.parsers.shadowserver;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Field;
import org.intelmq.message.Json;

/**
 * Shadowserver's description of its reports: which column is which field. JSON from https://interchange.shadowserver.org/intelmq/v1/schema
 * with one entry per report, and {@code _meta}. Immutable.
 */
final class Schema {

    private static final String META = "_meta";

    private final Map<String, Feed> byFeedName = new HashMap<>();
    private final Map<String, Feed> byFileName = new HashMap<>();

    /**
     * @param url page about the report; {@code null} if the schema gives none
     * @param constants fields and values that every event gets
     */
    record Feed(String name, String url, List<Item> required, List<Item> optional, Map<Field, Object> constants) { }

    /**
     * One column.
     *
     * @param target {@code null} to leave it out
     * @param conversion {@code null} for none
     */
    record Item(Field target, String column, Conversion conversion) {

        private static final String EXTRA = "extra.";

        boolean isExtra() {
            return target != null && target.name().startsWith(EXTRA);
        }

        /** The name below {@code extra}: the column's, unless the schema gives another. */
        String extraName() {
            return target.name().equals(EXTRA) ? column : target.name().substring(EXTRA.length());
        }
    }

    private Schema() { }

    static Schema parse(String json, Clock clock) {
        Schema schema = new Schema();
        Reader reader = new Reader(Conversion.ofCells(clock), Conversion.ofRows());
        ((Map<?, ?>) Json.parse(json)).forEach((name, description) -> {
            if (!META.equals(name)) {
                Map<?, ?> report = (Map<?, ?>) description;
                Feed feed = reader.feed(report);
                schema.byFeedName.put(feed.name(), feed);
                schema.byFileName.put((String) report.get("file_name"), feed);
            }
        });
        return schema;
    }

    /** When a schema was made, which distinguishes versions. Throws if the text is not a schema. */
    static String version(String json) {
        if (Json.parse(json) instanceof Map<?, ?> schema && schema.get(META) instanceof Map<?, ?> meta && meta.get("date_created") != null) {
            return meta.get("date_created").toString();
        }
        throw new IllegalArgumentException("expected a schema with _meta and date_created");
    }

    /** Returns {@code null} if there is none. */
    Feed byFeedName(String name) {
        return byFeedName.get(name);
    }

    /** Returns {@code null} if there is none. */
    Feed byFileName(String name) {
        return byFileName.get(name);
    }

    private record Reader(Map<String, Conversion> ofCells, Map<String, Conversion> ofRows) {

        Feed feed(Map<?, ?> report) {
            Map<Field, Object> constants = new LinkedHashMap<>();
            if (report.get("constant_fields") instanceof Map<?, ?> fields) {
                fields.forEach((name, value) -> constants.put(Field.of((String) name), value));
            }
            return new Feed((String) report.get("feed_name"), (String) report.get("url"),
                    items(report.get("required_fields"), true), items(report.get("optional_fields"), false), constants);
        }

        private List<Item> items(Object list, boolean required) {
            List<Item> items = new ArrayList<>();
            for (Object element : (List<?>) list) {
                List<?> item = (List<?>) element;
                Object target = item.get(0);
                Conversion conversion = item.size() < 3 || item.get(2) == null ? null
                        : conversion((String) item.get(2), item.size() == 4 && Boolean.TRUE.equals(item.get(3)), required);
                items.add(new Item(target instanceof String name ? Field.of(name) : null, (String) item.get(1), conversion));
            }
            return items;
        }

        /** An unknown function is skipped for an optional column; for a required one, every row fails. */
        private Conversion conversion(String name, boolean ofRow, boolean required) {
            Conversion conversion = (ofRow ? ofRows : ofCells).get(name);
            boolean known = ofRows.containsKey(name) || ofCells.containsKey(name);
            if (conversion != null || !known && !required) {
                return conversion;
            }
            return (cell, row) -> {
                throw new IllegalArgumentException("the schema asks for the conversion '" + name + "' of a " + (ofRow ? "row" : "cell")
                        + ", which this version does not have");
            };
        }
    }
}
