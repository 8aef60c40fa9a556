package org.intelmq.host;

import java.util.List;
import java.util.Map;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;

/** One bot over JMX. Thread-safe. */
final class BotBean implements BotMXBean {

    private static final double NANOS_A_SECOND = 1e9;

    private final String bot;
    private final String group;
    private final BotControl control;
    private final JmxCalls calls;
    private long rateSinceNanos = System.nanoTime();
    private long rateSinceReceived;

    BotBean(String bot, String group, BotControl control, JmxCalls calls) {
        this.bot = bot;
        this.group = group;
        this.control = control;
        this.calls = calls;
    }

    private BotStatistics now() {
        BotStatistics statistics = control.statistics(bot);
        return statistics != null ? statistics : new BotStatistics(BotState.UNKNOWN, 0, Map.of(), 0, 0, 0, 0, null, null, null, null, null, null, 0);
    }

    @Override
    public String getGroup() {
        return group;
    }

    @Override
    public String getState() {
        return now().state().word();
    }

    @Override
    public long getReceived() {
        return now().received();
    }

    @Override
    public Map<String, Long> getSent() {
        return now().sent();
    }

    @Override
    public long getFailed() {
        return now().failed();
    }

    @Override
    public long getDumped() {
        return now().dumped();
    }

    @Override
    public long getWaiting() {
        return now().waiting();
    }

    @Override
    public int getConsumers() {
        return now().consumers();
    }

    @Override
    public String getHeldBehind() {
        String queue = now().heldBehind();
        return queue == null ? "" : queue;
    }

    @Override
    public String getWaitingFor() {
        String reason = now().waitingFor();
        return reason == null ? "" : reason;
    }

    @Override
    public synchronized double getRate() {
        long received = getReceived();
        long nanos = System.nanoTime();
        double rate = (received - rateSinceReceived) * NANOS_A_SECOND / Math.max(1, nanos - rateSinceNanos);
        rateSinceReceived = received;
        rateSinceNanos = nanos;
        return rate;
    }

    @Override
    public String getLastError() {
        BotStatistics statistics = now();
        return statistics.lastError() == null ? "" : statistics.lastErrorAt() + " " + statistics.lastError();
    }

    @Override
    public String start() {
        return change(BotAction.START);
    }

    @Override
    public String stop() {
        return change(BotAction.STOP);
    }

    @Override
    public String restart() {
        return change(BotAction.RESTART);
    }

    @Override
    public String reload() {
        return change(BotAction.RELOAD);
    }

    private String change(BotAction action) {
        return calls.perform(new ChangeBots(action, List.of(bot))).get(bot).word();
    }
}
