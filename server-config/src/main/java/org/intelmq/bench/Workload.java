package org.intelmq.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The inputs of the benchmarks, the same for the same number of rows and of the run on every machine. Shape as in the comparison with IntelMQ:
 * rows of ten columns and about 100 bytes of which every tenth repeats an earlier one, reports of 30 columns, ready-made events.
 */
final class Workload {

    private static final long SEED = 20240301;
    private static final int LOOK_BACK = 5000;
    private static final int EVENTS_OF_A_NAME = 5;
    private static final double PRIVATE_SHARE = 0.02;
    private static final String[] MALWARE = {"zeus", "mirai", "conficker", "qakbot", "emotet", "necurs", "andromeda", "ramnit", "trickbot",
            "gozi", "sality", "dridex", "avalanche", "pushdo", "nymaim", "tinba", "citadel", "salityp2p", "mozi", "gamarue"};
    private static final String[] TYPES = {"infected-system", "c2-server", "malware-distribution", "phishing", "scanner", "brute-force",
            "spam", "vulnerable-system", "ddos", "system-compromise"};
    private static final String[] TOP_LEVEL = {"org", "com", "net", "info", "biz", "at", "de"};
    private static final String[] COUNTRIES = {"AT", "DE", "CH", "NL"};

    /** How many events a correct run delivers; {@code unique} without repeated rows, {@code publicUnique} without private addresses too. */
    record Counts(int rows, int unique, int publicUnique) { }

    private record Row(String text, boolean isPrivate) { }

    private Workload() { }

    /** CSV with a header line; the last column, {@code n000000} and so on, tells the rows apart. */
    static Counts csv(Path file, int rows, int run) throws IOException {
        Random random = new Random(SEED + 1000L * run);
        List<Row> unique = new ArrayList<>();
        int publicUnique = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("time,source ip,port,asn,fqdn,url,malware name,type,protocol,comment\n");
            for (int i = 0; i < rows; i++) {
                Row row;
                if (i % 10 == 9) {
                    int from = Math.max(0, unique.size() - LOOK_BACK);
                    row = unique.get(from + random.nextInt(unique.size() - from));
                } else {
                    row = row(random, i);
                    unique.add(row);
                    publicUnique += row.isPrivate() ? 0 : 1;
                }
                out.write(row.text());
                out.write('\n');
            }
        }
        return new Counts(rows, unique.size(), publicUnique);
    }

    private static Row row(Random random, int number) {
        boolean isPrivate = random.nextDouble() < PRIVATE_SHARE;
        String address = isPrivate ? "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254)) : publicAddress(random);
        String host = word(random, 5) + "." + pick(random, TOP_LEVEL);
        String name = random.nextBoolean() ? "" : host;
        String url = random.nextDouble() < 0.8 ? "http://" + host + "/" + word(random, 2) : "";
        return new Row(String.join(",", time(random, number), address, String.valueOf(1 + random.nextInt(65535)),
                String.valueOf(1 + random.nextInt(60000)), name, url, pick(random, MALWARE), pick(random, TYPES),
                random.nextBoolean() ? "tcp" : "udp", "n%06d".formatted(number)), isPrivate);
    }

    /** A Shadowserver report: a quoted row of 30 columns an event; see {@code shadowserver-schema.json}. */
    static Counts shadowserver(Path file, int rows, int run) throws IOException {
        Random random = new Random(SEED + 2 + 1000L * run);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(quoted("timestamp", "ip", "protocol", "port", "hostname", "tag", "asn", "geo", "region", "city", "naics",
                    "hostname_source", "severity", "sector", "device_vendor", "device_type", "device_model", "http", "http_code",
                    "http_reason", "content_type", "connection", "server", "content_length", "cert_issuer", "cert_serial", "cert_valid",
                    "sha256", "handshake", "banner"));
            for (int i = 0; i < rows; i++) {
                out.write(quoted(time(random, i), publicAddress(random), "tcp", 1 + random.nextInt(65535),
                        word(random, 8) + "." + pick(random, TOP_LEVEL), "http;bench", 1 + random.nextInt(60000), pick(random, COUNTRIES),
                        capital(word(random, 8)), capital(word(random, 6)), pick(random, 0, 518210, 517311), "ptr",
                        pick(random, "low", "medium", "high"), pick(random, "", "Communications, Service Provider"),
                        pick(random, "", "Acme"), pick(random, "", "router"), "", "HTTP/1.1", pick(random, 200, 401, 403), "OK",
                        "text/html; charset=UTF-8", "keep-alive", "nginx", random.nextInt(100000), "CN=" + word(random, 6),
                        Long.toHexString(random.nextLong()), pick(random, "Y", "N"), hexadecimal(random), "TLSv1.2",
                        "|" + word(random, 10) + "|Login:"));
            }
        }
        return new Counts(rows, rows, rows);
    }

    /** A JSON object a line: events with the fields of {@link #csv}. */
    static Counts events(Path file, int rows, int run) throws IOException {
        Random random = new Random(SEED + 3 + 1000L * run);
        String[] keys = {"time.source", "source.ip", "source.port", "source.asn", "source.fqdn", "source.url", "malware.name",
                "classification.type", "protocol.transport", "comment"};
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                String[] values = row(random, i).text().split(",", -1);
                StringBuilder line = new StringBuilder("{\"__type\": \"Event\", \"feed.name\": \"bench-w3\", "
                        + "\"time.observation\": \"2024-04-01T00:00:00+00:00\"");
                for (int column = 0; column < keys.length; column++) {
                    if (!values[column].isEmpty()) {
                        line.append(", \"").append(keys[column]).append("\": ").append(json(keys[column], values[column]));
                    }
                }
                out.write(line.append("}\n").toString());
            }
        }
        return new Counts(rows, rows, rows);
    }

    /** Events with a host name each, a fifth as many names as rows, none of them known from an earlier run. */
    static Counts names(Path file, int rows, int run) throws IOException {
        Random random = new Random(SEED + 4 + 1000L * run);
        int names = Math.max(1, rows / EVENTS_OF_A_NAME);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                out.write("{\"__type\": \"Event\", \"feed.name\": \"bench-w4\", \"time.observation\": \"2024-04-01T00:00:00+00:00\", "
                        + "\"source.fqdn\": \"host-" + run + '-' + (i < names ? i : random.nextInt(names)) + ".example.com\"}\n");
            }
        }
        return new Counts(rows, rows, rows);
    }

    private static String json(String key, String value) {
        return switch (key) {
            case "source.port", "source.asn" -> value;
            case "time.source" -> "\"" + value.replace(' ', 'T') + "+00:00\"";
            default -> "\"" + value + "\"";
        };
    }

    /** Twenty rules for the modify expert: one a malware name for fourteen of them, the rest on other fields. */
    static void modifyRules(Path file) throws IOException {
        List<String> rules = new ArrayList<>();
        for (String malware : List.of(MALWARE).subList(0, 14)) {
            rules.add(rule("malware " + malware, "\"malware.name\": \"^" + malware + "(p2p)?$\"", "\"classification.identifier\": \"" + malware + "\""));
        }
        rules.add(rule("ssh scanners", "\"classification.type\": \"^scanner$\", \"source.port\": \"^22$\"", "\"protocol.application\": \"ssh\""));
        rules.add(rule("phishing pages", "\"classification.type\": \"^phishing$\", \"source.url\": \"^http://\"", "\"protocol.application\": \"http\""));
        rules.add(rule("high ports", "\"protocol.transport\": \"^udp$\", \"source.port\": \"^[56]\\\\d{4}$\"",
                "\"event_description.text\": \"high udp port {msg[source.port]}\""));
        rules.add(rule("no identifier yet", "\"classification.identifier\": \"\"", "\"classification.identifier\": \"{msg[malware.name]}\""));
        rules.add(rule("country of the domain", "\"source.fqdn\": \"\\\\.(?P<tld>at|de)$\"", "\"source.geolocation.cc\": \"{matches[source.fqdn][tld]}\""));
        rules.add(rule("first rows", "\"comment\": \"^n0000\"", "\"status\": \"tagged\""));
        Files.writeString(file, "[\n" + String.join(",\n", rules) + "\n]\n");
    }

    private static String rule(String name, String conditions, String actions) {
        return "  {\"rulename\": \"" + name + "\", \"if\": {" + conditions + "}, \"then\": {" + actions + "}}";
    }

    private static String time(Random random, int number) {
        int second = random.nextInt(86400);
        return "2024-03-%02d %02d:%02d:%02d".formatted(1 + number % 28, second / 3600, second / 60 % 60, second % 60);
    }

    /** Outside of the ranges that the rfc1918 expert knows. */
    private static String publicAddress(Random random) {
        int first = 11 + random.nextInt(80);
        return first + "." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String hexadecimal(Random random) {
        StringBuilder digits = new StringBuilder(64);
        while (digits.length() < 64) {
            digits.append("%016x".formatted(random.nextLong()));
        }
        return digits.toString();
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String quoted(Object... cells) {
        StringBuilder line = new StringBuilder(512);
        for (Object cell : cells) {
            line.append(line.isEmpty() ? "" : ",");
            line.append(cell instanceof Number ? cell.toString() : "\"" + cell + "\"");
        }
        return line.append('\n').toString();
    }
}
