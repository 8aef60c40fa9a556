package org.intelmq.ctl;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.Trial;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/** While no server runs: all bots are stopped, and what is in the queues cannot be seen. */
final class IdleControl implements BotControl {

    private final RuntimeConfiguration configuration;

    IdleControl(RuntimeConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        Map<String, BotState> states = new LinkedHashMap<>();
        for (String id : bots) {
            BotConfiguration bot = configuration.bot(id);
            states.put(id, bot == null ? BotState.UNKNOWN : bot.enabled() ? BotState.STOPPED : BotState.DISABLED);
        }
        return states;
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
        throw noServer("start bots");
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
    public List<String> problems() {
        return configuration.problems();
    }

    @Override
    public Map<String, Long> queues() {
        throw noServer("look at queues");
    }

    @Override
    public long clear(String queue) {
        throw noServer("clear a queue");
    }

    @Override
    public List<String> peek(String queue, int limit) {
        throw noServer("look at messages");
    }

    @Override
    public String pop(String queue) {
        throw noServer("take messages");
    }

    @Override
    public void send(String queue, String message) {
        throw noServer("send messages");
    }

    @Override
    public Trial process(String bot, String message, boolean dryRun) {
        throw noServer("process messages");
    }

    private static NoServerException noServer(String what) {
        return new NoServerException("The server does not run, but is needed to " + what + ". Start it with 'intelmqctl start', or 'intelmq run'.");
    }
}
