package org.intelmq.conformance;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.LogLine;
import org.intelmq.replay.Plain;
import org.intelmq.text.VersionOrder;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.encoding.CharacterSets;
import org.intelmq.text.python.FloatText;
import org.intelmq.text.python.IntegerText;
import org.intelmq.text.time.RelativeTime;
import org.intelmq.text.time.TimeSpan;

/** The functions on texts, and CSV. */
final class TextVectors {

    private TextVectors() { }

    static Object call(String function, Call call) {
        Object value = call.arguments().isEmpty() ? null : call.first();
        return switch (function) {
            case "utils.decode" -> value instanceof byte[] bytes ? CharacterSets.decode(bytes, charsets(call), force(call)) : (String) required(value);
            case "utils.encode" -> value instanceof String text ? CharacterSets.encode(text, charsets(call), force(call)) : (byte[]) required(value);
            case "utils.base64_decode" -> Base64Text.decode(value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1) : (String) required(value));
            case "utils.base64_encode" -> value instanceof byte[] bytes ? Base64Text.encode(bytes) : Base64Text.encode((String) required(value));
            case "utils.parse_logline" -> logLine((String) value);
            case "utils.parse_relative" -> RelativeTime.minutes((String) value);
            case "utils.seconds_to_human" -> TimeSpan.format(((Number) value).doubleValue(),
                    call.argument(1, "precision") instanceof Long digits ? digits.intValue() : 0);
            case "utils.version_smaller" -> {
                int order = VersionOrder.INSTANCE.compare(Plain.list(value), Plain.list(call.argument(1, "version2")));
                yield order == 0 ? null : (Object) (order < 0);
            }
            case "utils.lazy_int" -> lazyInteger(value);
            case "utils.flatten_queues" -> flattened(value);
            case "csv.reader" -> records((String) value, dialect(call));
            case "csv.DictReader" -> rows((String) value, dialect(call));
            case "csv.writer" -> CsvWriter.write(Plain.list(value), dialect(call));
            default -> throw new UnsupportedFunction();
        };
    }

    private static Object required(Object value) {
        if (value == null) {
            throw new IllegalArgumentException("nothing to convert");
        }
        return value;
    }

    private static List<Charset> charsets(Call call) {
        List<String> names = call.named().containsKey("encodings") ? Plain.list(call.named().get("encodings")) : List.of("utf-8");
        return names.stream().map(CharacterSets::named).toList();
    }

    private static boolean force(Call call) {
        return call.flag(2, "force", false);
    }

    private static Object logLine(String text) {
        LogLine line = LogLine.parseOrNull(text);
        if (line == null) {
            return text;
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("date", line.date());
        parts.put("bot_id", line.botId());
        parts.put("thread_id", line.threadId());
        parts.put("log_level", line.level());
        parts.put("message", line.message());
        return parts;
    }

    private static Object lazyInteger(Object value) {
        if (value instanceof String text) {
            Number number = IntegerText.parseOrNull(text);
            return number == null ? text : number;
        }
        return value instanceof Double number ? IntegerText.truncated(number) : (Number) required(value);
    }

    /** Queues are named by a list, or by paths with one queue or a list each. */
    private static List<Object> flattened(Object queues) {
        List<Object> flat = new ArrayList<>();
        for (Object item : queues instanceof Map<?, ?> paths ? paths.values() : Plain.<Object>list(queues)) {
            if (item instanceof List<?> many) {
                flat.addAll(many);
            } else {
                flat.add(item);
            }
        }
        return flat;
    }

    private static Csv.Dialect dialect(Call call) {
        Map<String, Object> named = call.named();
        Csv.Dialect base = "unix".equals(named.get("dialect")) ? Csv.Dialect.UNIX : Csv.Dialect.EXCEL;
        return new Csv.Dialect(named.containsKey("delimiter") ? ((String) named.get("delimiter")).charAt(0) : base.delimiter(),
                character(named, "quotechar", base.quote()), character(named, "escapechar", base.escape()),
                call.flag(9, "doublequote", base.doubleQuote()), call.flag(9, "skipinitialspace", base.skipInitialSpace()),
                (String) named.getOrDefault("lineterminator", base.lineEnd()),
                named.get("quoting") instanceof Long number ? Csv.Quoting.values()[number.intValue()] : base.quoting(),
                call.flag(9, "strict", base.strict()));
    }

    private static Character character(Map<String, Object> named, String name, Character otherwise) {
        return named.containsKey(name) ? named.get(name) instanceof String text ? Character.valueOf(text.charAt(0)) : null : otherwise;
    }

    private static List<Object> records(String text, Csv.Dialect dialect) {
        CsvReader reader = new CsvReader(text, dialect);
        List<Object> records = new ArrayList<>();
        for (List<String> record = reader.next(); record != null; record = reader.next()) {
            List<Object> fields = new ArrayList<>();
            for (int i = 0; i < record.size(); i++) {
                fields.add(reader.isNumber(i) ? (Object) FloatText.parse(record.get(i)) : record.get(i));
            }
            records.add(fields);
        }
        return records;
    }

    /** Fields beyond the header go into a list without a name, missing ones are {@code null}; empty records are left out. */
    private static List<Object> rows(String text, Csv.Dialect dialect) {
        List<Object> rows = new ArrayList<>();
        List<?> header = null;
        for (Object record : records(text, dialect)) {
            List<?> fields = (List<?>) record;
            if (header == null) {
                header = fields;
            } else if (!fields.isEmpty()) {
                Map<Object, Object> row = new LinkedHashMap<>();
                for (int i = 0; i < header.size(); i++) {
                    row.put(header.get(i), i < fields.size() ? fields.get(i) : null);
                }
                if (fields.size() > header.size()) {
                    row.put(null, new ArrayList<>(fields.subList(header.size(), fields.size())));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
