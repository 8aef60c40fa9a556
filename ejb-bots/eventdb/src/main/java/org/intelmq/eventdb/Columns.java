package org.intelmq.eventdb;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.intelmq.message.Field;
import org.intelmq.message.Json;
import org.intelmq.message.Message;

/**
 * The columns a table really has, and how an event fills them. A field without a column is an error of that event, as in
 * IntelMQ; which fields of {@code harmonization.conf} have none is known when the database is opened. Not thread-safe.
 */
final class Columns {

    /** @param binary whether JSON text is handed over as bytes, as H2 wants it */
    record Column(String name, int sqlType, boolean binary) { }

    private static final String UTC = "+00:00";
    private static final String NULL = "\\u0000";
    /** PostgreSQL's JSON takes no null character, so its spelling is kept. Where the backslash is escaped itself, there is none. */
    private static final Pattern ESCAPED_NULL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final String table;
    private final List<Column> columns = new ArrayList<>();
    private final Map<Field, Integer> index = new HashMap<>();
    private final boolean jsondictAsString;
    private final Set<Field> fields;
    private final boolean withoutNull;
    /** MySQL has no times with a zone; those of its sessions with us are in UTC. */
    private final boolean withoutZone;

    /**
     * @param fields the only ones to be written; {@code null} for all
     * @return {@code null} if there is no such table
     */
    static Columns read(Connection connection, DatabaseProduct engine, String table, boolean jsondictAsString, Set<Field> fields) throws SQLException {
        Columns found = new Columns(engine, table, jsondictAsString, fields);
        int dot = table.indexOf('.');
        String schema = dot < 0 ? engine == DatabaseProduct.POSTGRESQL ? schema(connection, table) : null : table.substring(0, dot);
        DatabaseMetaData metaData = connection.getMetaData();
        String escape = metaData.getSearchStringEscape();
        String pattern = table.substring(dot + 1).replace("_", escape + "_");
        try (ResultSet rows = metaData.getColumns(connection.getCatalog(), schema, pattern, null)) {
            while (rows.next()) {
                found.add(rows.getString("COLUMN_NAME"), rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME"), engine);
            }
        }
        return found.columns.isEmpty() ? null : found;
    }

    /** Where the search path finds the table. */
    private static String schema(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)")) {
            query.setString(1, '"' + table + '"');
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private Columns(DatabaseProduct engine, String table, boolean jsondictAsString, Set<Field> fields) {
        this.table = table;
        this.jsondictAsString = jsondictAsString;
        this.fields = fields;
        this.withoutNull = engine == DatabaseProduct.POSTGRESQL;
        this.withoutZone = engine.isMysql();
    }

    private void add(String name, int sqlType, String typeName, DatabaseProduct engine) {
        if (!name.equals("id") && index.putIfAbsent(Field.of(name), columns.size()) == null) {
            columns.add(new Column(name, sqlType, engine == DatabaseProduct.H2 && typeName.equals("JSON")));
        }
    }

    List<Column> all() {
        return columns;
    }

    String table() {
        return table;
    }

    String quotedTable() {
        return '"' + table.replace("\"", "\"\"").replace(".", "\".\"") + '"';
    }

    /** Whether the column holds whole numbers up to 2147483647 only. */
    boolean isNarrow(Field field) {
        Integer position = index.get(field);
        return position != null && (columns.get(position).sqlType() == Types.INTEGER || columns.get(position).sqlType() == Types.SMALLINT);
    }

    boolean has(Field field) {
        return index.containsKey(field);
    }

    /** The event's values in the order of the columns; {@code null} where it has none. */
    Object[] values(Message event) {
        Object[] values = new Object[columns.size()];
        Map<Field, Map<String, Object>> jsondicts = Map.of();
        for (int i = 0; i < event.size(); i++) {
            Field field = event.fieldAt(i);
            Field whole = jsondictAsString ? jsondict(event, field) : null;
            if (whole != null) {
                jsondicts = jsondicts.isEmpty() ? new LinkedHashMap<>() : jsondicts;
                jsondicts.computeIfAbsent(whole, missing -> new LinkedHashMap<>())
                        .put(field.name().substring(whole.name().length() + 1), event.valueAt(i));
            } else {
                put(values, field, event.valueAt(i));
            }
        }
        jsondicts.forEach((field, items) -> put(values, field, Json.write(items)));
        if (Arrays.stream(values).allMatch(Objects::isNull)) {
            throw new IllegalArgumentException("the event has no field to write into table " + table);
        }
        return values;
    }

    /** The JSON object a field is in, such as extra. */
    private static Field jsondict(Message event, Field field) {
        if (field.root().length() == field.name().length()) {
            return null;
        }
        Field root = Field.of(field.root());
        return event.has(root) ? root : null;
    }

    private void put(Object[] values, Field field, Object value) {
        if (fields != null && !fields.contains(field)) {
            return;
        }
        Integer position = index.get(field);
        if (position == null) {
            throw new IllegalArgumentException("table " + table + " has no column \"" + field + "\", which the event has a value for");
        }
        Column column = columns.get(position);
        values[position] = column.binary() ? json(value) : stored(value, column);
    }

    private static byte[] json(Object value) {
        return (value instanceof String text ? text : Json.write(value)).getBytes(StandardCharsets.UTF_8);
    }

    private Object stored(Object value, Column column) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return null;
        }
        Object stored = value instanceof Map || value instanceof List ? Json.write(value) : value;
        if (withoutZone && stored instanceof String text && column.sqlType() == Types.TIMESTAMP) {
            return text.endsWith(UTC) ? text.substring(0, text.length() - UTC.length()).replace('T', ' ') : text;
        }
        return withoutNull && stored instanceof String text ? withoutNull(text, column) : stored;
    }

    /** In JSON the null character's spelling stays; elsewhere PostgreSQL has no place for it. */
    private static String withoutNull(String text, Column column) {
        if (column.sqlType() == Types.OTHER && text.contains(NULL)) {
            return ESCAPED_NULL.matcher(text).replaceAll("$1\\\\\\\\u0000");
        }
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}
