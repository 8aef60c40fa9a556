package org.intelmq.control;

import static org.intelmq.control.BotState.DISABLED;
import static org.intelmq.control.BotState.RUNNING;
import static org.intelmq.control.BotState.STOPPED;
import static org.intelmq.control.BotState.STOPPING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/** Starts, stops and queries bots, one or many, and answers with the states that IntelMQ's commands answer with. */
public final class BotActions {

    private final BotControl control;
    private final RuntimeConfiguration configuration;
    private final Watch watch;

    /** Is warned of what is about to be done to a bot that is not in the expected state. */
    @FunctionalInterface
    public interface Watch {

        void begins(Action action, String bot);
    }

    /** What can be done to a bot. A restart is two of these. */
    public enum Action { START, STOP, RELOAD }

    /** The state that an action found and the one that it left. */
    public record Change(BotState before, BotState after) {

        /** Whether there was nothing to stop or to reload. */
        public boolean foundItStopped() {
            return before == STOPPED;
        }

        /** Whether the bot can be started now, even if that has to wait for its last message. */
        public boolean canBeFollowed() {
            return leftItStopped() || after == STOPPING;
        }

        /** Whether the bot is not running now, so that it can be started. */
        public boolean leftItStopped() {
            return after == STOPPED || after == DISABLED;
        }
    }

    public BotActions(BotControl control, RuntimeConfiguration configuration) {
        this(control, configuration, (action, bot) -> { });
    }

    public BotActions(BotControl control, RuntimeConfiguration configuration, Watch watch) {
        this.control = control;
        this.configuration = configuration;
        this.watch = watch;
    }

    public BotState status(String bot) {
        return control.status(List.of(bot)).get(bot);
    }

    public Change start(String bot) {
        BotState before = status(bot);
        if (before == RUNNING) {
            return new Change(before, before);
        }
        watch.begins(Action.START, bot);
        return new Change(before, control.start(List.of(bot)).get(bot));
    }

    /** A disabled bot that was running is reported as stopped, one that was not as disabled. */
    public Change stop(String bot) {
        BotState before = status(bot);
        if (before == DISABLED || before == STOPPED) {
            return new Change(before, before);
        }
        watch.begins(Action.STOP, bot);
        BotState after = control.stop(List.of(bot)).get(bot);
        return new Change(before, after == DISABLED ? STOPPED : after);
    }

    /** A bot that is not running is left alone. */
    public Change reload(String bot) {
        BotState before = status(bot);
        if (before != RUNNING) {
            return new Change(before, before);
        }
        watch.begins(Action.RELOAD, bot);
        return new Change(before, control.reload(List.of(bot)).get(bot));
    }

    /** The stop and, if that succeeded, the start. */
    public List<Change> restart(String bot) {
        Change stop = stop(bot);
        return stop.canBeFollowed() ? List.of(stop, start(bot)) : List.of(stop);
    }

    /** @param group title as in {@code runtime.yaml}; {@code null} for all */
    public Map<String, BotState> statusAll(String group) {
        return new TreeMap<>(control.status(ids(group)));
    }

    /** Disabled bots are left alone; they come first in the answer. */
    public Map<String, BotState> startAll(String group) {
        List<String> all = ids(group);
        List<String> enabled = all.stream().filter(this::isEnabled).toList();
        control.start(enabled);
        List<String> disabledFirst = new ArrayList<>(all);
        disabledFirst.removeAll(enabled);
        disabledFirst.addAll(enabled);
        Map<String, BotState> states = control.status(all);
        Map<String, BotState> ordered = new LinkedHashMap<>();
        disabledFirst.forEach(bot -> ordered.put(bot, states.get(bot)));
        return ordered;
    }

    public Map<String, BotState> stopAll(String group) {
        control.stop(ids(group));
        return statusAll(group);
    }

    public Map<String, BotState> reloadAll(String group) {
        control.reload(ids(group));
        return statusAll(group);
    }

    public Map<String, BotState> restartAll(String group) {
        control.stop(ids(group));
        return startAll(group);
    }

    private boolean isEnabled(String id) {
        return configuration.bot(id).enabled();
    }

    private List<String> ids(String group) {
        return configuration.bots().values().stream().filter(bot -> group == null || group.equals(bot.group())).map(BotConfiguration::id).sorted().toList();
    }
}
