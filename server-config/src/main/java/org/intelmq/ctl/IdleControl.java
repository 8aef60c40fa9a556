package org.intelmq.ctl;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * For bots of which none is running.
 *
 * @param isServer whether there is a server, with empty queues; if not, whatever needs one is refused
 */
record IdleControl(Supplier<RuntimeConfiguration> configuration, boolean isServer) implements BotControl {

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        RuntimeConfiguration now = configuration.get();
        Map<String, BotState> states = new LinkedHashMap<>();
        for (String id : bots) {
            BotConfiguration bot = now.bot(id);
            states.put(id, bot == null ? BotState.UNKNOWN : bot.enabled() ? BotState.STOPPED : BotState.DISABLED);
        }
        return states;
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
        needServer("start bots");
        return status(bots);
    }

    @Override
    public Map<String, BotState> stop(Collection<String> bots) {
        return status(bots);
    }

    @Override
    public Map<String, BotState> reload(Collection<String> bots) {
        return status(bots);
    }

    @Override
    public BotStatistics statistics(String bot) {
        return null;
    }

    @Override
    public List<Problem> problems() {
        return configuration.get().problems();
    }

    @Override
    public List<String> missing() {
        return List.of();
    }

    @Override
    public List<String> next(String bot, int limit, Duration atMost) {
        needServer("watch a bot");
        return List.of();
    }

    @Override
    public Map<String, Long> queues() {
        needServer("look at queues");
        return Map.of();
    }

    @Override
    public long clear(String queue) {
        needServer("clear a queue");
        return 0;
    }

    @Override
    public List<String> peek(String queue, int limit) {
        needServer("look at messages");
        return List.of();
    }

    @Override
    public String pop(String queue) {
        needServer("take messages");
        return null;
    }

    @Override
    public void send(String queue, String message) {
        needServer("send messages");
    }

    @Override
    public void send(String queue, String id, List<String> messages) {
        needServer("send messages");
    }

    @Override
    public Trial process(String bot, String message, boolean dryRun, LogFile.Level level) {
        needServer("process messages");
        return new Trial(List.of(), List.of());
    }

    private void needServer(String action) {
        if (!isServer) {
            throw new NoServerException("The server does not run, but is needed to " + action
                    + ". Start it with 'intelmqctl start', or 'intelmq run'.");
        }
    }
}
