package org.intelmq.control;

import static org.intelmq.control.BotState.DISABLED;
import static org.intelmq.control.BotState.RUNNING;
import static org.intelmq.control.BotState.STOPPED;

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

    public BotActions(BotControl control, RuntimeConfiguration configuration) {
        this.control = control;
        this.configuration = configuration;
    }

    public BotState status(String bot) {
        return control.status(List.of(bot)).get(bot);
    }

    public BotState start(String bot) {
        BotState now = status(bot);
        return now == RUNNING ? now : control.start(List.of(bot)).get(bot);
    }

    /** A disabled bot that was running is reported as stopped, one that was not as disabled. */
    public BotState stop(String bot) {
        BotState before = status(bot);
        if (before == DISABLED || before == STOPPED) {
            return before;
        }
        BotState after = control.stop(List.of(bot)).get(bot);
        return after == DISABLED ? STOPPED : after;
    }

    public BotState reload(String bot) {
        BotState now = status(bot);
        return now == RUNNING ? control.reload(List.of(bot)).get(bot) : now;
    }

    /** The state after the stop and, if that succeeded, the one after the start. */
    public List<BotState> restart(String bot) {
        BotState stopped = stop(bot);
        return stopped == STOPPED || stopped == DISABLED ? List.of(stopped, start(bot)) : List.of(stopped);
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
