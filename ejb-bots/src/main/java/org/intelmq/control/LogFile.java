package org.intelmq.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the log file of a bot. */
public final class LogFile {

    /** As IntelMQ orders them, least severe first. */
    public enum Level { DEBUG, INFO, WARNING, ERROR, CRITICAL }

    private static final Pattern LINE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}),(\\d+) - ([-\\w]+?)(?:\\.(\\d+))? - "
            + "(DEBUG|INFO|WARNING|ERROR|CRITICAL) - (.*)");

    private LogFile() { }

    /**
     * The last entries at least as severe as {@code level}, oldest first: {@code date}, {@code bot_id}, {@code thread_id},
     * {@code log_level}, {@code message}, and {@code extended_message} where further lines belong to it.
     *
     * @param most how many; -1 for all
     */
    public static List<Map<String, Object>> read(Path file, int most, Level level) throws IOException {
        Deque<Map<String, Object>> entries = new ArrayDeque<>();
        boolean[] taken = {false};
        // any bytes may stand in a log; as Latin-1 they cannot fail
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1).map(LogFile::utf8)) {
            lines.forEach(line -> {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    if (taken[0] && !entries.isEmpty()) {
                        entries.getLast().merge("extended_message", line + "\n", (before, more) -> before.toString() + more);
                    }
                    return;
                }
                taken[0] = Level.valueOf(matcher.group(6)).compareTo(level) >= 0;
                if (taken[0]) {
                    entries.addLast(entry(matcher));
                    if (most >= 0 && entries.size() > most) {
                        entries.removeFirst();
                    }
                }
            });
        }
        return new ArrayList<>(entries);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> entry(Matcher line) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("date", line.group(1) + "T" + line.group(2) + "." + (line.group(3) + "000000").substring(0, 6));
        entry.put("bot_id", line.group(4));
        entry.put("thread_id", line.group(5) == null ? null : Long.valueOf(line.group(5)));
        entry.put("log_level", line.group(6));
        entry.put("message", line.group(7));
        return entry;
    }
}
