package org.intelmq.bot;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Report;

/** Everything that the host provides to a bot. Tests pass in a fixed clock, scripted HTTP and DNS, and a state in memory. */
public interface BotContext {

    String botId();

    Harmonization harmonization();

    /**
     * Whether the bot is only created to check its configuration: it must read and refuse what it
     * would at a real start, but write nothing. Other systems are not available then.
     */
    default boolean isRehearsal() {
        return false;
    }

    Clock clock();

    /** The bot's own log file. {@code SEVERE} is written as IntelMQ's ERROR, {@code FINE} as DEBUG. */
    Logger log();

    /** What this bot remembers across restarts; kept in Redis where the {@code redis_cache_*} parameters say so. */
    State state(CacheParams params);

    Http http(HttpParams params);

    Dns dns();

    /** IntelMQ's {@code var/lib/bots/}, below which bots keep their databases. */
    Path dataDirectory();

    /** The environment variables of programs that the bot starts. */
    default Map<String, String> environment() {
        return System.getenv();
    }

    /** How many messages wait in a queue of the pipeline; 0 if there is no such queue. */
    long queueLength(String queue);

    /** A report with {@code time.observation} set to now. */
    Report newReport();

    /** An event with the report's feed fields and the fields that {@code copy_collector_provided_fields} names. */
    Event newEvent(Report report);

    /** How the bytes of reports become text. */
    default ReportEncoding encoding() {
        return ReportEncoding.UTF_8;
    }

    /**
     * Sets {@code default_fields} where the event does not have them.
     *
     * @throws org.intelmq.message.InvalidValue if one is invalid
     */
    void complete(Event event);

    default Event newEvent() {
        return new Event(harmonization());
    }
}
