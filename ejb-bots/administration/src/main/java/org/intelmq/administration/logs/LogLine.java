package org.intelmq.administration.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.control.EcsEntry;
import org.intelmq.control.LogFile;

/** The first line of an entry in a bot's log, or all of one that is JSON. */
record LogLine(Instant time, LogFile.Level level, String message) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2},\\d{3})\\d* - [-\\w]+?(?:\\.\\d+)? - (DEBUG|INFO|WARNING|ERROR|CRITICAL) - (.*)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

    /** {@code null} if it is not one, and so belongs to the entry before. */
    static LogLine of(String line) {
        EcsEntry json = EcsEntry.parseOrNull(line);
        if (json != null) {
            return new LogLine(json.time(), LogFile.Level.valueOf(json.level()), (json.message() + '\n' + json.trace()).stripTrailing());
        }
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        try {
            // logs are written in the time of the server, as IntelMQ's are
            Instant time = LocalDateTime.parse(matcher.group(1), TIME).atZone(ZoneId.systemDefault()).toInstant();
            return new LogLine(time, LogFile.Level.valueOf(matcher.group(2)), matcher.group(3));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
