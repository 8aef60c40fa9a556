package org.intelmq.ctl;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.Trial;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/** A server none of whose bots run, with nothing in its queues: what recorded commands were given to. */
final class EmptyServer implements BotControl {

    private final Installation installation;

    EmptyServer(Installation installation) {
        this.installation = installation;
    }

    private IdleControl bots() {
        return new IdleControl(RuntimeConfiguration.read(installation.runtimeConfiguration(), Map.of()));
    }

    @Override
    public Map<String, BotState> status(Collection<String> bots) {
        return bots().status(bots);
    }

    @Override
    public Map<String, BotState> start(Collection<String> bots) {
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
    public List<String> problems() {
        return List.of();
    }

    @Override
    public Map<String, Long> queues() {
        return Map.of();
    }

    @Override
    public long clear(String queue) {
        return 0;
    }

    @Override
    public List<String> peek(String queue, int limit) {
        return List.of();
    }

    @Override
    public String pop(String queue) {
        return null;
    }

    @Override
    public void send(String queue, String message) { }

    @Override
    public Trial process(String bot, String message, boolean dryRun) {
        return new Trial(List.of(), List.of());
    }
}
