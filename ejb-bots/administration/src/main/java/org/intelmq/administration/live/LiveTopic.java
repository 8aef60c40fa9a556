package org.intelmq.administration.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.intelmq.administration.Refusal;

/**
 * Something that can be followed.
 *
 * @param kind  {@code status}, {@code change}, {@code job}, {@code log} or {@code tap}
 * @param bot   of a log or tap, else {@code null}
 * @param path  of a tap: the path along which what it shows is sent; {@code null} for all paths, of a bot without any for what it takes in
 * @param where of a tap: which messages it shows, see {@link MessageFilter}; {@code null} for all
 */
record LiveTopic(Kind kind, String bot, String path, String where) {

    enum Kind { STATUS, CHANGE, JOB, LOG, TAP }

    private static final Pattern FORM = Pattern.compile("(status|change|job)|(log|tap):([0-9a-zA-Z-]+)(?::([^:,]+))?");
    private static final int MOST = 20;

    /** @param topics separated by commas, as {@code GET stream} names them */
    static List<LiveTopic> of(String topics, String where) {
        List<LiveTopic> found = new ArrayList<>();
        for (String name : (topics == null ? "" : topics).split(",")) {
            var match = FORM.matcher(name.strip());
            if (!match.matches() || "log".equals(match.group(2)) && match.group(4) != null) {
                throw new Refusal(Refusal.Kind.INVALID, "unknown-topic", "topics cannot be '" + name
                        + "': expected status, change, job, log:BOT, tap:BOT or tap:BOT:PATH, separated by commas", "Name one of them.");
            }
            Kind kind = Kind.valueOf((match.group(1) == null ? match.group(2) : match.group(1)).toUpperCase(Locale.ROOT));
            found.add(new LiveTopic(kind, match.group(3), match.group(4), kind == Kind.TAP && where != null && !where.isBlank() ? where : null));
        }
        if (found.size() > MOST) {
            throw new Refusal(Refusal.Kind.INVALID, "too-many-topics", "topics cannot be " + found.size() + ": at most " + MOST, "Open a second stream.");
        }
        return found;
    }

    /** The name of its events. */
    String event() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return bot == null ? word : word + ":" + bot + (path == null ? "" : ":" + path);
    }
}
