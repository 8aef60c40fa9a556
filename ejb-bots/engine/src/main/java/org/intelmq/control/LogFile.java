package org.intelmq.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.files.WholeFile;

/** Reads the log file of a bot. */
public final class LogFile {

    /** As IntelMQ orders them, least severe first. */
    public enum Level { DEBUG, INFO, WARNING, ERROR, CRITICAL }

    /** The format of a line. Readers understand both, even mixed in one file. */
    public enum Format { INTELMQ, ECS }

    /** All entries, as far as memory allows. */
    public static final int ALL = -1;

    /**
     * Limits: bytes read from the end of the file, characters of all entries together, and bytes of one line (the rest of a longer line is
     * skipped).
     */
    private static final long LOOKED_AT = 64L << 20;
    private static final long MOST_CHARACTERS = 8L << 20;
    private static final int LONGEST_LINE = 1 << 20;

    private final Level level;
    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long characters;
    private boolean taking;

    private static final class Entry {

        private final Map<String, Object> fields;
        private final StringBuilder more = new StringBuilder();
        private int size;

        private Entry(Map<String, Object> fields, int size) {
            this.fields = fields;
            this.size = size;
        }

        private Map<String, Object> whole() {
            if (more.length() > 0) {
                fields.put("extended_message", more.toString());
            }
            return fields;
        }
    }

    private LogFile(int most, Level level) {
        this.most = most;
        this.level = level;
    }

    /**
     * The last entries at least as severe as {@code level}, oldest first: {@code date}, {@code bot_id}, {@code thread_id}, {@code log_level},
     * {@code message}, and {@code extended_message} where further lines belong to it. Only the last 64 MiB of the file are read, and at most 8
     * million characters are returned.
     *
     * @param most the number of entries; {@link #ALL} for as many as possible
     */
    public static List<Map<String, Object>> read(Path file, int most, Level level) throws IOException {
        LogFile found = new LogFile(most, level);
        try (InputStream in = Files.newInputStream(WholeFile.own(file))) {
            long passedOver = Files.size(file) - LOOKED_AT;
            if (passedOver > 0) {
                in.skipNBytes(passedOver);
            }
            found.read(new BufferedInputStream(in, 1 << 16), passedOver > 0);
        }
        return found.entries.stream().map(Entry::whole).collect(Collectors.toCollection(ArrayList::new));
    }

    private void read(InputStream in, boolean withinLine) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean skip = withinLine;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                if (!skip) {
                    take(line);
                }
                skip = false;
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
        if (line.size() > 0 && !skip) {
            take(line);
        }
    }

    /** A log may contain any bytes. */
    private void take(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        LogLine first = LogLine.parseOrNull(line);
        if (first != null) {
            begin(first, line.length());
        } else if (taking && !entries.isEmpty() && entries.getLast().size < LONGEST_LINE) {
            Entry last = entries.getLast();
            last.more.append(line).append('\n');
            last.size += line.length() + 1;
            characters += line.length() + 1;
        }
        while (!entries.isEmpty() && (most >= 0 && entries.size() > most || characters > MOST_CHARACTERS && entries.size() > 1)) {
            characters -= entries.removeFirst().size;
        }
    }

    private void begin(LogLine line, int length) {
        taking = Level.valueOf(line.level()).compareTo(level) >= 0;
        if (taking) {
            entries.addLast(new Entry(entry(line), length));
            characters += length;
        }
    }

    private static Map<String, Object> entry(LogLine line) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("date", line.date());
        entry.put("bot_id", line.botId());
        entry.put("thread_id", line.threadId());
        entry.put("log_level", line.level());
        entry.put("message", line.message());
        if (!line.trace().isEmpty()) {
            entry.put("extended_message", line.trace());
        }
        return entry;
    }
}
