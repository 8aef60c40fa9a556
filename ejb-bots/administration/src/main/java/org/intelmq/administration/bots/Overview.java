package org.intelmq.administration.bots;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.QueueControl;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/** What all bots are doing, put together from what several parts of the server know. Thread-safe. */
public final class Overview {

    private static final BotStatistics NOTHING =
            new BotStatistics(BotState.UNKNOWN, 0, Map.of(), 0, 0, 0, 0, null, null, null, null, null, null, 0);

    private final BotControl control;
    private final QueueControl queues;
    private final Supplier<RuntimeConfiguration> configuration;
    private final Function<String, Instant> earlierSuccess;
    private final Rates rates = new Rates();

    /** @param earlierSuccess of a bot before the server started; {@code null} if nobody knows */
    public Overview(BotControl control, QueueControl queues, Supplier<RuntimeConfiguration> configuration, Function<String, Instant> earlierSuccess) {
        this.control = control;
        this.queues = queues;
        this.configuration = configuration;
        this.earlierSuccess = earlierSuccess;
    }

    /** By id, in the order of {@code runtime.yaml}. */
    public Map<String, BotView> bots() {
        Map<String, BotConfiguration> configured = configuration.get().bots();
        long now = System.nanoTime();
        Map<String, BotView> bots = new LinkedHashMap<>();
        Map<String, Integer> tries = new HashMap<>();
        Set<String> missing = new HashSet<>(control.missing());
        configured.values().forEach(bot -> {
            BotStatistics statistics = control.statistics(bot.id());
            // it may have gone from the file meanwhile
            BotStatistics known = statistics == null ? NOTHING : statistics;
            tries.put(bot.id(), known.tries());
            bots.put(bot.id(), view(bot, known, missing.contains(bot.id()), now));
        });
        rates.keep(configured.keySet());
        Cause cause = new Cause(Map.copyOf(bots), tries);
        bots.replaceAll((id, bot) -> bot.because(cause.of(id)));
        return bots;
    }

    private BotView view(BotConfiguration bot, BotStatistics statistics, boolean missing, long now) {
        long events = bot.isCollector() ? sum(statistics) : statistics.received();
        QueueControl.State queue = bot.isCollector() ? null : queues.state(bot.sourceQueue());
        Instant success = statistics.lastSuccess() == null ? earlierSuccess.apply(bot.id()) : statistics.lastSuccess();
        return new BotView(bot.id(), bot.name(), bot.group(), bot.module(), bot.description(), bot.enabled(), bot.runMode(), statistics.state(), missing,
                bot.isCollector() ? null : bot.sourceQueue(), bot.destinationQueues(), rounded(rates.rate(bot.id(), events, now)), statistics.received(),
                statistics.sent(), queue == null ? 0 : queue.waiting(), queue == null ? null : queue.oldest(), statistics.failed(), statistics.dumped(),
                statistics.lastError(), statistics.lastErrorAt(), success, statistics.nextRun(), statistics.heldBehind(), statistics.waitingFor(), List.of());
    }

    private static double rounded(double rate) {
        return Math.round(rate * 10) / 10.0;
    }

    private static long sum(BotStatistics statistics) {
        return statistics.sent().values().stream().mapToLong(Long::longValue).sum();
    }
}
