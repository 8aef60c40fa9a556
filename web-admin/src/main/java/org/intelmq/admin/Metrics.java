package org.intelmq.admin;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;

/** Figures in the text format that Prometheus reads. */
final class Metrics {

    private final StringBuilder text = new StringBuilder();

    private Metrics() { }

    static String of(Map<String, BotStatistics> bots, Map<String, Long> queues) {
        Metrics metrics = new Metrics();
        metrics.bots("intelmq_bot_running", "gauge", "1 if the bot runs, else 0.", bots, bot -> bot.state() == BotState.RUNNING ? 1 : 0);
        metrics.bots("intelmq_bot_received_total", "counter", "Inputs processed successfully.", bots, BotStatistics::received);
        metrics.head("intelmq_bot_sent_total", "counter", "Messages sent, by path.");
        bots.forEach((bot, statistics) -> statistics.sent().forEach((path, count) ->
                metrics.line("intelmq_bot_sent_total", label("bot", bot) + "," + label("path", path), count)));
        metrics.bots("intelmq_bot_failed_total", "counter", "Inputs and parts of reports that failed for good.", bots, BotStatistics::failed);
        metrics.bots("intelmq_bot_dumped_total", "counter", "Failed messages kept in the dump file.", bots, BotStatistics::dumped);
        metrics.bots("intelmq_bot_consumers", "gauge", "Deliveries the bot takes at the same time.", bots, BotStatistics::consumers);
        metrics.bots("intelmq_bot_held", "gauge", "Whether the bot is held because a queue behind it is full.", bots,
                statistics -> statistics.heldBehind() == null ? 0 : 1);
        metrics.bots("intelmq_bot_waits", "gauge", "Whether the bot waits for another system that is unreachable.", bots,
                statistics -> statistics.waitingFor() == null ? 0 : 1);
        metrics.head("intelmq_bot_last_error_timestamp_seconds", "gauge", "When the bot failed last.");
        bots.forEach((bot, statistics) -> {
            if (statistics.lastErrorAt() != null) {
                metrics.line("intelmq_bot_last_error_timestamp_seconds", label("bot", bot), statistics.lastErrorAt().toEpochMilli() / 1000.0);
            }
        });
        metrics.head("intelmq_queue_length", "gauge", "Events waiting in the queue.");
        queues.forEach((queue, length) -> metrics.line("intelmq_queue_length", label("queue", queue), length));
        return metrics.text.toString();
    }

    private void bots(String name, String type, String help, Map<String, BotStatistics> bots, ToDoubleFunction<BotStatistics> figure) {
        head(name, type, help);
        bots.forEach((bot, statistics) -> line(name, label("bot", bot), figure.applyAsDouble(statistics)));
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ");
        text.append(value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long) value) : Double.toString(value)).append('\n');
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
