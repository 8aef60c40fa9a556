package org.intelmq.admin;

import static org.intelmq.admin.Exposition.label;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.BotTimes;
import org.intelmq.control.Distribution;

/** Figures of all bots and queues for Prometheus and compatible systems. */
final class Metrics {

    private static final String GAUGE = "gauge";
    private static final String COUNTER = "counter";
    private static final String LAST_ERROR = "intelmq_bot_last_error_timestamp_seconds";
    private static final String SENT = "intelmq_bot_sent_total";
    private static final String MISSING = "intelmq_bot_missing";
    private static final String LENGTH = "intelmq_queue_length";

    private final Exposition text;

    private Metrics(Exposition text) {
        this.text = text;
    }

    /**
     * @param missing bots that should run but do not
     * @param times durations by bot; nothing is reported that has not happened yet
     */
    static String of(Exposition text, Map<String, BotStatistics> bots, List<String> missing, Map<String, BotTimes> times, Map<String, Long> queues) {
        Metrics metrics = new Metrics(text);
        metrics.counts(bots);
        metrics.states(bots);
        text.head(MISSING, GAUGE, "1 if the bot should run but does not, else 0.");
        bots.keySet().forEach(bot -> text.line(MISSING, label("bot", bot), missing.contains(bot) ? 1 : 0));
        metrics.times("intelmq_bot_batch_seconds", "Time to process one batch of messages.", times, BotTimes::batch);
        metrics.times("intelmq_bot_event_seconds", "Time to process one message: a batch's time divided by its messages.", times, BotTimes::event);
        metrics.times("intelmq_bot_queued_seconds", "Time a message waits, from sending to delivery.", times, BotTimes::queued);
        metrics.times("intelmq_output_delay_seconds", "Time from a report's observation until its first event is written, by output.", times, BotTimes::path);
        text.head(LENGTH, GAUGE, "Events waiting in the queue.");
        queues.forEach((queue, length) -> text.line(LENGTH, label("queue", queue), length));
        return text.end();
    }

    private void counts(Map<String, BotStatistics> bots) {
        each("intelmq_bot_received_total", COUNTER, "Inputs processed successfully.", bots, BotStatistics::received);
        text.head(SENT, COUNTER, "Messages sent, by path.");
        bots.forEach((bot, statistics) -> statistics.sent().forEach((path, count) ->
                text.line(SENT, label("bot", bot) + "," + label("path", path), count)));
        each("intelmq_bot_failed_total", COUNTER, "Inputs and parts of reports that finally failed.", bots, BotStatistics::failed);
        each("intelmq_bot_dumped_total", COUNTER, "Failed messages kept in the dump file.", bots, BotStatistics::dumped);
    }

    private void states(Map<String, BotStatistics> bots) {
        each("intelmq_bot_running", GAUGE, "1 if the bot runs, else 0.", bots, bot -> bot.state() == BotState.RUNNING ? 1 : 0);
        each("intelmq_bot_consumers", GAUGE, "Deliveries the bot handles at the same time.", bots, BotStatistics::consumers);
        each("intelmq_bot_held", GAUGE, "Whether the bot is held because a queue behind it is full.", bots,
                statistics -> statistics.heldBehind() == null ? 0 : 1);
        each("intelmq_bot_waits", GAUGE, "Whether the bot waits for another system that is unreachable.", bots,
                statistics -> statistics.waitingFor() == null ? 0 : 1);
        text.head(LAST_ERROR, GAUGE, "When the bot failed last.");
        bots.forEach((bot, statistics) -> {
            if (statistics.lastErrorAt() != null) {
                text.line(LAST_ERROR, label("bot", bot), statistics.lastErrorAt().toEpochMilli() / 1000.0);
            }
        });
    }

    private void each(String name, String type, String help, Map<String, BotStatistics> bots, ToDoubleFunction<BotStatistics> figure) {
        text.head(name, type, help);
        bots.forEach((bot, statistics) -> text.line(name, label("bot", bot), figure.applyAsDouble(statistics)));
    }

    private void times(String name, String help, Map<String, BotTimes> times, Function<BotTimes, Distribution> which) {
        text.head(name, "histogram", help);
        times.forEach((bot, all) -> {
            Distribution distribution = which.apply(all);
            if (distribution.count() > 0) {
                text.histogram(name, label("bot", bot), distribution);
            }
        });
    }
}
