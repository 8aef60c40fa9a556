package org.intelmq.text.log;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;

/**
 * One line of a bot's log file.
 *
 * @param date in ISO form without an offset, with microseconds
 * @param threadId {@code null} if the bot has one thread only
 */
public record LogLine(String date, String botId, Long threadId, String level, String message) {

    private static final Pattern FORM = Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2},\\d+) -"
            + " (?<bot>[-\\w]+|py\\.warnings)(?<thread>\\.[0-9]+)? - (?<level>[A-Z]+) - (?<message>.+)\\n?",
            Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);

    /** {@code null} if the text is not such a line; the later lines of a stack trace are not. */
    public static LogLine parseOrNull(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String date = IsoTime.format(FuzzyTime.parse(matcher.group("date"), LocalDate.EPOCH));
        String thread = matcher.group("thread");
        return new LogLine(date.substring(0, date.length() - "+00:00".length()), matcher.group("bot"),
                thread == null ? null : Long.valueOf(thread.substring(1)), matcher.group("level"), matcher.group("message"));
    }
}
