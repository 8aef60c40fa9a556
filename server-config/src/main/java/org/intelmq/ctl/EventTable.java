package org.intelmq.ctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** PostgreSQL statements that create the table of events, a column a field, as IntelMQ's EventDB has it. */
final class EventTable {

    private static final List<String> INDEXED = List.of("classification.identifier", "classification.taxonomy", "classification.type",
            "feed.code", "feed.name", "source.abuse_contact", "source.asn", "source.ip", "source.fqdn", "time.observation", "time.source");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("IPAddress", "inet"),
            Map.entry("IPNetwork", "inet"),
            Map.entry("DateTime", "timestamp with time zone"),
            Map.entry("Boolean", "boolean"),
            Map.entry("Integer", "integer"),
            Map.entry("ASN", "integer"),
            Map.entry("Float", "real"),
            Map.entry("Accuracy", "real"),
            Map.entry("UUID", "UUID"),
            Map.entry("JSON", "json"),
            Map.entry("JSONDict", "json"));
    private static final List<String> TEXTS = List.of("String", "Base64", "URL", "FQDN", "MalwareName", "ClassificationType", "LowercaseString",
            "UppercaseString", "Registry", "TLP", "ClassificationTaxonomy");

    private final Map<String, String> columns = new TreeMap<>();
    private final Options options;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param events       whether to create the table of events
     * @param separateRaws whether {@code raw} gets a table of its own, with a view over both
     * @param partitionKey field that is part of the primary key; {@code null} for none
     * @param repeatable   whether what exists is left alone or replaced
     * @param jsonb        whether JSON is kept as {@code jsonb}
     */
    record Options(boolean events, boolean separateRaws, String partitionKey, boolean repeatable, boolean jsonb) { }

    private EventTable(Map<String, Object> fields, Options options) {
        this.options = options;
        fields.forEach((name, field) -> columns.put(name, type(name, (Map<?, ?>) field)));
    }

    /** @param fields of events, as {@code harmonization.conf} says */
    static String statements(Map<String, Object> fields, Options options) {
        EventTable table = new EventTable(fields, options);
        if (options.events()) {
            table.events();
        }
        if (options.separateRaws()) {
            table.raws();
        }
        return String.join("\n", table.lines);
    }

    private String type(String name, Map<?, ?> field) {
        String type = String.valueOf(field.get("type"));
        if (TEXTS.contains(type)) {
            return field.get("length") == null ? "text" : "varchar(" + field.get("length") + ")";
        }
        String column = TYPES.get(type);
        if (column == null) {
            throw new IllegalArgumentException("field '" + name + "' has the type '" + type + "': there is no column for it");
        }
        return options.jsonb() ? column.replace("json", "jsonb") : column;
    }

    private void events() {
        String key = options.partitionKey();
        lines.add("CREATE TABLE" + ifNotExists() + " events (");
        List<String> rows = new ArrayList<>();
        rows.add("    \"id\" BIGSERIAL" + (key == null ? " UNIQUE PRIMARY KEY" : ""));
        columns.forEach((name, type) -> rows.add("    \"" + name + "\" " + type));
        if (key != null) {
            rows.add("    PRIMARY KEY (\"id\", \"" + key + "\")");
        }
        lines.add(String.join(",\n", rows));
        lines.add(");");
        for (String field : INDEXED) {
            lines.add("CREATE INDEX" + ifNotExists() + " \"idx_events_" + field + "\" ON events USING btree (\"" + field + "\");");
        }
    }

    private void raws() {
        List<String> fields = columns.keySet().stream().filter(name -> !name.equals("raw")).toList();
        lines.add("");
        lines.add("-- raw data has a table of its own");
        lines.add("CREATE TABLE" + ifNotExists() + " public.raws (");
        lines.add("    event_id bigint,");
        lines.add("    raw text,");
        lines.add("    PRIMARY KEY(event_id)" + (options.partitionKey() == null ? "," : ""));
        if (options.partitionKey() == null) {
            lines.add("    CONSTRAINT raws_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id) ON DELETE CASCADE");
        }
        lines.add(");");
        lines.add("");
        lines.add("-- events with their raw data");
        lines.add("CREATE" + orReplace() + " VIEW public.v_events AS");
        lines.add("    SELECT");
        lines.add("        events.id,");
        fields.forEach(field -> lines.add("        events.\"" + field + "\","));
        lines.add("        raws.\"event_id\",");
        lines.add("        raws.\"raw\"");
        lines.add("    FROM (");
        lines.add("        public.events");
        lines.add("        JOIN public.raws ON ((events.id = raws.event_id)));");
        lines.add("");
        lines.add("-- what is inserted into the view goes to both tables");
        lines.add("CREATE" + orReplace() + " FUNCTION public.process_v_events_insert()");
        lines.add("    RETURNS trigger");
        lines.add("    LANGUAGE plpgsql");
        lines.add("    AS $$");
        lines.add("    DECLARE event_id integer;");
        lines.add("");
        lines.add("    BEGIN");
        lines.add("        INSERT INTO");
        lines.add("            events (");
        lines.add(fields.stream().map(field -> "                \"" + field + "\"").collect(Collectors.joining(",\n")));
        lines.add("            )");
        lines.add("        VALUES");
        lines.add("            (");
        lines.add(fields.stream().map(field -> "                NEW.\"" + field + "\"").collect(Collectors.joining(",\n")));
        lines.add("            )");
        lines.add("            RETURNING id INTO event_id;");
        lines.add("        INSERT INTO");
        lines.add("            raws (\"event_id\", \"raw\")");
        lines.add("        VALUES");
        lines.add("            (event_id, NEW.raw);");
        lines.add("        RETURN NEW;");
        lines.add("    END;");
        lines.add("$$;");
        lines.add("");
        lines.add("CREATE" + orReplace() + " TRIGGER tr_events");
        lines.add("    INSTEAD OF INSERT");
        lines.add("    ON public.v_events");
        lines.add("    FOR EACH ROW");
        lines.add("    EXECUTE FUNCTION public.process_v_events_insert();");
        lines.add("");
    }

    private String ifNotExists() {
        return options.repeatable() ? " IF NOT EXISTS" : "";
    }

    private String orReplace() {
        return options.repeatable() ? " OR REPLACE" : "";
    }
}
