package org.intelmq.eventdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;

/** IntelMQ's table {@code events}: a column a field, named as the field. Makes the statements that create it. Immutable. */
public final class EventTable {

    public static final String NAME = "events";

    private static final List<String> INDEXED = List.of("classification.identifier", "classification.taxonomy", "classification.type",
            "feed.code", "feed.name", "source.abuse_contact", "source.asn", "source.ip", "source.fqdn", "time.observation", "time.source");

    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** Column types, as PostgreSQL, H2, MySQL and SQLite spell them. */
    private enum Kind {
        TEXT("text", "varchar", "longtext", "text"),
        INET("inet", "varchar(60)", "varchar(60)", "text"),
        TIMESTAMP("timestamp with time zone", "timestamp with time zone", "datetime(6)", "text"),
        BOOLEAN("boolean", "boolean", "boolean", "integer"),
        INTEGER("integer", "integer", "integer", "integer"),
        BIGINT("bigint", "bigint", "bigint", "integer"),
        REAL("real", "real", "double", "real"),
        UUID("UUID", "uuid", "char(36)", "text"),
        JSON("json", "json", "json", "text");

        private final String postgresql;
        private final String h2;
        private final String mysql;
        private final String sqlite;

        Kind(String postgresql, String h2, String mysql, String sqlite) {
            this.postgresql = postgresql;
            this.h2 = h2;
            this.mysql = mysql;
            this.sqlite = sqlite;
        }

        static Kind of(String fieldType) {
            return switch (fieldType) {
                case "IPAddress", "IPNetwork" -> INET;
                case "DateTime" -> TIMESTAMP;
                case "Boolean" -> BOOLEAN;
                case "Integer" -> INTEGER;
                // unsigned 32 bits
                case "ASN" -> BIGINT;
                case "Float", "Accuracy" -> REAL;
                case "UUID" -> UUID;
                case "JSON", "JSONDict" -> JSON;
                default -> TEXT;
            };
        }
    }

    private record Column(Kind kind, int length) {

        private String limited(String type) {
            return kind == Kind.TEXT && length < Integer.MAX_VALUE ? "varchar(" + length + ")" : type;
        }
    }

    /**
     * What {@code intelmq_psql_initdb} can be asked for.
     *
     * @param noEvents      leaves out the table itself
     * @param separateRaws  adds a table for {@code raw} and the view {@code v_events} over both, which splits what is inserted into it
     * @param partitionKey  a field that goes into the primary key, as TimescaleDB needs it; {@code null} for none
     * @param skipOrReplace does not fail for what is there already
     * @param jsonb         stores JSON in PostgreSQL's binary form
     */
    public record Options(boolean noEvents, boolean separateRaws, String partitionKey, boolean skipOrReplace, boolean jsonb) {

        public static final Options NONE = new Options(false, false, null, false, false);
    }

    private EventTable(Harmonization harmonization) {
        for (Field field : harmonization.eventFields()) {
            columns.put(field.name(), new Column(Kind.of(harmonization.eventType(field)), harmonization.eventLength(field)));
        }
    }

    public static EventTable of(Harmonization harmonization) {
        return new EventTable(harmonization);
    }

    /** Names of the columns, sorted, without {@code id}. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** Names of the columns that hold AS numbers, which may be larger than 2147483647. */
    List<String> asNumbers() {
        return columns.keySet().stream().filter(name -> columns.get(name).kind() == Kind.BIGINT).toList();
    }

    // ------------------------------------------------------------------ PostgreSQL

    /** The statements for PostgreSQL, as IntelMQ's {@code intelmq_psql_initdb} writes them. */
    public String postgresql(Options options) {
        List<String> lines = new ArrayList<>();
        String create = options.skipOrReplace() ? "CREATE%s IF NOT EXISTS" : "CREATE%s";
        String replace = options.skipOrReplace() ? "CREATE OR REPLACE" : "CREATE";
        if (!options.noEvents()) {
            events(options, create, lines);
        }
        if (options.separateRaws()) {
            raws(options, create, replace, lines);
        }
        return String.join("\n", lines);
    }

    private void events(Options options, String create, List<String> lines) {
        lines.add(create.formatted(" TABLE") + " events (");
        List<String> definitions = new ArrayList<>();
        definitions.add("    \"id\" BIGSERIAL" + (options.partitionKey() == null ? " UNIQUE PRIMARY KEY" : ""));
        columns.forEach((name, column) -> definitions.add("    \"" + name + "\" " + postgresql(column, options)));
        if (options.partitionKey() != null) {
            definitions.add("    PRIMARY KEY (\"id\", \"" + options.partitionKey() + "\")");
        }
        lines.add(String.join(",\n", definitions));
        lines.add(");");
        for (String field : INDEXED) {
            lines.add(create.formatted(" INDEX") + " \"idx_events_" + field + "\" ON events USING btree (\"" + field + "\");");
        }
    }

    private static String postgresql(Column column, Options options) {
        return column.kind() == Kind.JSON && options.jsonb() ? "jsonb" : column.limited(column.kind().postgresql);
    }

    private void raws(Options options, String create, String replace, List<String> lines) {
        List<String> names = columns.keySet().stream().filter(name -> !name.equals("raw")).toList();
        lines.add("");
        lines.add("-- raw data has a table of its own");
        lines.add(create.formatted(" TABLE") + " public.raws (\n    event_id bigint,\n    raw text,\n    PRIMARY KEY(event_id)"
                + (options.partitionKey() == null ? "," : ""));
        if (options.partitionKey() == null) {
            lines.add("    CONSTRAINT raws_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id) ON DELETE CASCADE");
        }
        lines.add(");");
        lines.add("");
        lines.add("-- events with their raw data");
        lines.add(replace + " VIEW public.v_events AS");
        lines.add("    SELECT");
        lines.add("        events.id,");
        names.forEach(name -> lines.add("        events.\"" + name + "\","));
        lines.add("        raws.\"event_id\",");
        lines.add("        raws.\"raw\"");
        lines.add("    FROM (");
        lines.add("        public.events");
        lines.add("        JOIN public.raws ON ((events.id = raws.event_id)));");
        lines.add("");
        lines.add("-- what is inserted into the view goes to both tables");
        lines.add(replace + " FUNCTION public.process_v_events_insert()");
        lines.add("    RETURNS trigger");
        lines.add("    LANGUAGE plpgsql");
        lines.add("    AS $$");
        lines.add("    DECLARE event_id bigint;");
        lines.add("");
        lines.add("    BEGIN");
        lines.add("        INSERT INTO");
        lines.add("            events (");
        lines.add(names.stream().map(name -> "                \"" + name + '"').collect(Collectors.joining(",\n")));
        lines.add("            )");
        lines.add("        VALUES");
        lines.add("            (");
        lines.add(names.stream().map(name -> "                NEW.\"" + name + '"').collect(Collectors.joining(",\n")));
        lines.add("            )");
        lines.add("            RETURNING id INTO event_id;");
        lines.add("        INSERT INTO");
        lines.add("            raws (\"event_id\", \"raw\")");
        lines.add("        VALUES");
        lines.add("            (event_id, NEW.raw);");
        lines.add("        RETURN NEW;");
        lines.add("    END;");
        lines.add("$$;");
        lines.add("\n" + replace + " TRIGGER tr_events\n    INSTEAD OF INSERT\n    ON public.v_events\n    FOR EACH ROW\n"
                + "    EXECUTE FUNCTION public.process_v_events_insert();\n");
    }

    // ------------------------------------------------------------------ H2

    /** The statements for the embedded database; those it has already do nothing, those for new fields add columns. */
    List<String> h2() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE IF NOT EXISTS \"events\" (\"id\" bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
                + columns.keySet().stream().map(name -> ", " + h2(name)).collect(Collectors.joining()) + ")");
        columns.keySet().forEach(name -> statements.add("ALTER TABLE \"events\" ADD COLUMN IF NOT EXISTS " + h2(name)));
        // they were integers once
        asNumbers().forEach(name -> statements.add("ALTER TABLE \"events\" ALTER COLUMN \"" + name + "\" SET DATA TYPE bigint"));
        for (String field : INDEXED) {
            statements.add("CREATE INDEX IF NOT EXISTS \"idx_events_" + field + "\" ON \"events\" (\"" + field + "\")");
        }
        return statements;
    }

    private String h2(String name) {
        Column column = columns.get(name);
        return '"' + name + "\" " + column.limited(column.kind().h2);
    }

    // ------------------------------------------------------------------ MySQL and SQLite

    /** The statements for MySQL and MariaDB, which quote names with backticks unless asked otherwise. */
    public String mysql(boolean skipExisting) {
        String create = "CREATE TABLE " + (skipExisting ? "IF NOT EXISTS " : "");
        // text that is limited is short enough for the smaller type, which still holds 65535 bytes; together they would not fit into a row otherwise
        String definitions = columns.entrySet().stream().map(entry -> ",\n    `" + entry.getKey() + "` "
                + (isLimited(entry.getValue()) ? "text" : entry.getValue().kind().mysql)).collect(Collectors.joining());
        String indices = INDEXED.stream().filter(columns::containsKey).map(name -> ",\n    INDEX `idx_events_" + name + "` (`" + name + "`"
                + (columns.get(name).kind() == Kind.TEXT ? "(191)" : "") + ")").collect(Collectors.joining());
        return create + "events (\n    `id` bigint AUTO_INCREMENT PRIMARY KEY" + definitions + indices + "\n) CHARACTER SET utf8mb4;\n";
    }

    private static boolean isLimited(Column column) {
        return column.kind() == Kind.TEXT && column.length() <= 16_000;
    }

    /** The statements for SQLite. */
    public String sqlite(boolean skipExisting) {
        String exists = skipExisting ? "IF NOT EXISTS " : "";
        String definitions = columns.entrySet().stream().map(entry -> ",\n    \"" + entry.getKey() + "\" " + entry.getValue().kind().sqlite)
                .collect(Collectors.joining());
        return "CREATE TABLE " + exists + "events (\n    \"id\" integer PRIMARY KEY" + definitions + "\n);\n"
                + INDEXED.stream().filter(columns::containsKey).map(name -> "CREATE INDEX " + exists + "\"idx_events_" + name + "\" ON events (\"" + name
                        + "\");\n").collect(Collectors.joining());
    }
}
