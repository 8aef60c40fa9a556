package org.intelmq.bots;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.intelmq.message.Json;

/** Rows like those that the original was measured on: ten columns and about 100 bytes, or 30 columns as in a Shadowserver report. */
final class BenchmarkFeeds {

    static final List<String> COLUMNS = List.of("time.source", "source.ip", "source.port", "source.asn", "source.fqdn", "source.url",
            "malware.name", "classification.type", "protocol.transport", "comment");
    private static final String[] TYPES = {"scanner", "phishing", "c2-server", "spam", "brute-force"};
    private static final int EXTRA_COLUMNS = 20;

    private BenchmarkFeeds() { }

    static String csv(int rows) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            csv.append(String.join(",", row(random, i))).append('\n');
        }
        return csv.toString();
    }

    /** A JSON object a line. */
    static String json(int rows) {
        Random random = new Random(1);
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            String[] cells = row(random, i);
            cells[0] = cells[0].replace(' ', 'T') + "+00:00";
            Map<String, Object> object = new LinkedHashMap<>();
            for (int column = 0; column < cells.length; column++) {
                object.put(COLUMNS.get(column), cells[column]);
            }
            json.append(Json.write(object)).append('\n');
        }
        return json.toString();
    }

    private static String[] row(Random random, int number) {
        String host = Long.toString(random.nextLong() >>> 30, 36) + ".example-site." + (random.nextBoolean() ? "at" : "com");
        return new String[] {"2024-03-01 13:%02d:%02d".formatted(number / 60 % 60, number % 60),
            "%d.%d.2.%d".formatted(20 + random.nextInt(100), random.nextInt(256), random.nextInt(256)),
            String.valueOf(1 + random.nextInt(65535)), String.valueOf(1 + random.nextInt(60000)), random.nextBoolean() ? "" : host,
            "http://" + host + "/wl", "family" + random.nextInt(20), TYPES[random.nextInt(TYPES.length)],
            random.nextBoolean() ? "tcp" : "udp", "n%06d".formatted(number)};
    }

    static String shadowserver(int rows) {
        Random random = new Random(1);
        StringJoiner header = new StringJoiner("\",\"", "\"", "\"\n");
        List.of("timestamp", "ip", "port").forEach(header::add);
        COLUMNS.subList(3, COLUMNS.size()).forEach(header::add);
        extraColumns().forEach(header::add);
        StringBuilder csv = new StringBuilder(header.toString());
        for (int i = 0; i < rows; i++) {
            StringJoiner cells = new StringJoiner("\",\"", "\"", "\"\n");
            for (String cell : row(random, i)) {
                cells.add(cell);
            }
            for (int extra = 0; extra < EXTRA_COLUMNS; extra++) {
                cells.add(extra % 5 == 0 ? "" : Integer.toString(random.nextInt(1_000_000), 36));
            }
            csv.append(cells);
        }
        return csv.toString();
    }

    /** The schema of {@link #shadowserver}, whose report is called {@code bench}. */
    static byte[] schema() {
        List<Object> optional = new ArrayList<>();
        COLUMNS.subList(3, COLUMNS.size()).stream().filter(name -> !name.equals("classification.type"))
                .forEach(name -> optional.add(List.of(name, name)));
        extraColumns().forEach(name -> optional.add(List.of("extra.", name, "validate_to_none")));
        Map<String, Object> report = Map.of("feed_name", "bench", "file_name", "bench",
                "constant_fields", Map.of("classification.type", "vulnerable-system"),
                "required_fields", List.of(List.of("time.source", "timestamp", "add_UTC_to_timestamp"),
                        List.of("source.ip", "ip", "validate_ip"), List.of("source.port", "port", "convert_int")),
                "optional_fields", optional);
        return Json.write(Map.of("bench", report)).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> extraColumns() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < EXTRA_COLUMNS; i++) {
            names.add("column_" + (char) ('a' + i));
        }
        return names;
    }

    /** Twenty rules for the modify expert: one a malware name for fourteen of them, the rest on other fields. */
    static String modifyRules() {
        List<Object> rules = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            rules.add(rule("family " + i, Map.of("malware.name", "^family" + i + "(p2p)?$"), Map.of("classification.identifier", "family" + i)));
        }
        rules.add(rule("ssh", Map.of("classification.type", "^scanner$", "source.port", "^22$"), Map.of("protocol.application", "ssh")));
        rules.add(rule("http", Map.of("classification.type", "^phishing$", "source.url", "^http://"), Map.of("protocol.application", "http")));
        rules.add(rule("high port", Map.of("protocol.transport", "^udp$", "source.port", "^[56]\\d{4}$"),
                Map.of("event_description.text", "high udp port {msg[source.port]}")));
        rules.add(rule("no identifier", Map.of("classification.identifier", ""), Map.of("classification.identifier", "{msg[malware.name]}")));
        rules.add(rule("country", Map.of("source.fqdn", "\\.(?P<tld>at|de)$"), Map.of("source.geolocation.cc", "{matches[source.fqdn][tld]}")));
        rules.add(rule("tag", Map.of("comment", "^n0000"), Map.of("status", "tagged")));
        return Json.write(rules);
    }

    private static Map<String, Object> rule(String name, Map<String, Object> conditions, Map<String, Object> actions) {
        return Map.of("rulename", name, "if", conditions, "then", actions);
    }
}
