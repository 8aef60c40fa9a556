package org.intelmq.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of an entry in a bot's log, or a whole entry in JSON. IntelMQ's logs give the server's local time without an offset.
 *
 * @param local the time on the server's clock
 * @param botId {@code null} in JSON that was cut off
 * @param threadId {@code null} if the bot has only one thread
 * @param level {@code DEBUG}, {@code INFO}, {@code WARNING}, {@code ERROR} or {@code CRITICAL}
 * @param trace the stack trace of a JSON entry, each line with its line end; otherwise empty
 */
public record LogLine(LocalDateTime local, Instant time, String botId, Long threadId, String level, String message, String trace) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}),([0-9]{1,9})[0-9]* - "
            + "([-\\w]+|py\\.warnings)(?:\\.([0-9]{1,18}))? - (DEBUG|INFO|WARNING|ERROR|CRITICAL) - (.+)\\n?",
            Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    /** Returns {@code null} if the line does not begin an entry but continues the previous one, as the later lines of a stack trace do. */
    public static LogLine parseOrNull(String line) {
        EcsEntry json = EcsEntry.parseOrNull(line);
        if (json != null) {
            return new LogLine(LocalDateTime.ofInstant(json.time(), ZoneId.systemDefault()), json.time(), json.bot(), null,
                    json.level(), json.message(), json.trace());
        }
        Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(parts.group(1) + 'T' + parts.group(2) + '.' + parts.group(3));
            return new LogLine(local, local.atZone(ZoneId.systemDefault()).toInstant(), parts.group(4),
                    parts.group(5) == null ? null : Long.valueOf(parts.group(5)), parts.group(6), parts.group(7), "");
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** In ISO form without an offset, with microseconds. */
    public String date() {
        return DATE.format(local);
    }
}
