package org.intelmq.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a program without queues, transactions, bots or settings would do for P1: read a row, check its values, write the event, one after
 * another in one thread. The rows are those of P1, so this is the best that P1 could reach. It can handle nothing but these rows.
 */
final class PlainLoop {

    private static final Set<String> TYPES = Set.of("infected-system", "c2-server", "malware-distribution", "phishing", "scanner", "brute-force",
            "spam", "vulnerable-system", "ddos", "system-compromise");
    private static final Set<String> TRANSPORTS = Set.of("tcp", "udp");
    private static final int COLUMNS = 10;
    private static final long LARGEST_AS = 4294967295L;
    private static final int LARGEST_PORT = 65535;

    private PlainLoop() { }

    /**
     * Writes the events of a file of {@link Workload#csv}, a line each, and returns how many.
     *
     * @param seen the time of observation, as it is written
     * @throws IOException also if a row is not as it must be
     */
    static int run(Path rows, Path events, String feedUrl, String seen) throws IOException {
        int count = 0;
        String[] cells = new String[COLUMNS];
        String feed = ", \"feed.accuracy\": 100.0, \"feed.name\": \"Benchmark\", \"feed.provider\": \"bench\", \"feed.url\": \"" + feedUrl + '"';
        String observed = ", \"time.observation\": \"" + seen + "\", \"time.source\": \"";
        StringBuilder line = new StringBuilder(1024);
        try (BufferedReader in = Files.newBufferedReader(rows); BufferedWriter out = Files.newBufferedWriter(events)) {
            in.readLine();
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                split(row, cells);
                line.setLength(0);
                line.append("{\"classification.type\": \"").append(oneOf(TYPES, cells[7])).append("\", \"comment\": \"").append(text(cells[9])).append('"')
                        .append(feed).append(", \"malware.name\": \"").append(text(cells[6]))
                        .append("\", \"protocol.transport\": \"").append(oneOf(TRANSPORTS, cells[8]))
                        .append("\", \"source.asn\": ").append(number(cells[3], LARGEST_AS));
                if (!cells[4].isEmpty()) {
                    line.append(", \"source.fqdn\": \"").append(hostName(cells[4])).append('"');
                }
                line.append(", \"source.ip\": \"").append(address(cells[1])).append("\", \"source.port\": ").append(number(cells[2], LARGEST_PORT));
                if (!cells[5].isEmpty()) {
                    line.append(", \"source.url\": \"").append(url(cells[5])).append('"');
                }
                line.append(observed);
                time(line, cells[0]);
                out.append(line.append("\"}\n"));
                count++;
            }
        }
        return count;
    }

    private static void split(String row, String[] cells) throws IOException {
        int from = 0;
        for (int column = 0; column < COLUMNS - 1; column++) {
            int comma = row.indexOf(',', from);
            require(comma >= 0, row);
            cells[column] = row.substring(from, comma);
            from = comma + 1;
        }
        cells[COLUMNS - 1] = row.substring(from);
    }

    private static String oneOf(Set<String> values, String value) throws IOException {
        require(values.contains(value), value);
        return value;
    }

    private static String text(String value) throws IOException {
        require(!value.isEmpty(), value);
        for (int i = 0; i < value.length(); i++) {
            require(isPlain(value.charAt(i)), value);
        }
        return value;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 127 && c != '"' && c != '\\';
    }

    private static long number(String value, long largest) throws IOException {
        long number = digits(value, 0, value.length());
        require(number <= largest, value);
        return number;
    }

    private static long digits(String value, int from, int to) throws IOException {
        require(from < to && to - from <= 10, value);
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = value.charAt(i) - '0';
            require(digit >= 0 && digit <= 9, value);
            number = number * 10 + digit;
        }
        return number;
    }

    private static String address(String value) throws IOException {
        int from = 0;
        for (int part = 0; part < 4; part++) {
            int dot = part == 3 ? value.length() : value.indexOf('.', from);
            require(digits(value, from, dot) <= 255, value);
            from = dot + 1;
        }
        return value;
    }

    private static String hostName(String value) throws IOException {
        boolean dotted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            require(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.', value);
            dotted |= c == '.';
        }
        require(dotted, value);
        return value;
    }

    private static String url(String value) throws IOException {
        require(value.startsWith("http://"), value);
        int slash = value.indexOf('/', 7);
        hostName(value.substring(7, slash < 0 ? value.length() : slash));
        return text(value);
    }

    private static void time(StringBuilder line, String value) throws IOException {
        require(value.length() == 19 && value.charAt(4) == '-' && value.charAt(7) == '-' && value.charAt(10) == ' ' && value.charAt(13) == ':'
                && value.charAt(16) == ':' && digits(value, 0, 4) > 0 && digits(value, 5, 7) <= 12 && digits(value, 8, 10) <= 31
                && digits(value, 11, 13) < 24 && digits(value, 14, 16) < 60 && digits(value, 17, 19) < 60, value);
        line.append(value, 0, 10).append('T').append(value, 11, 19).append("+00:00");
    }

    private static void require(boolean valid, String value) throws IOException {
        if (!valid) {
            throw new IOException("the benchmark's rows do not contain \"" + value + "\" there");
        }
    }
}
