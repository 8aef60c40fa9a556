package org.intelmq.administration.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * What two configurations mean for the bots. A pure function: what runs and what waits is given.
 *
 * @param running what runs now
 * @param waiting events by queue
 */
record Planning(RuntimeConfiguration before, RuntimeConfiguration after, Set<String> running, Map<String, Long> waiting, Catalogue catalogue) {

    static final int DRAIN_SECONDS = 60;
    static final String DRAIN = "drain";
    static final String MOVE = "move";
    static final String DISCARD = "discard";

    private static final Set<String> RESTARTING = Set.of("instances_threads");

    /** What is to be done, see {@link Plan}. */
    record Steps(List<String> starts, List<String> restarts, List<String> reloads, List<String> stops, List<Plan.Removal> removes) { }

    Steps steps() {
        Steps steps = new Steps(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        after.bots().values().forEach(bot -> add(bot, before.bot(bot.id()), steps));
        before.bots().values().stream().filter(bot -> after.bot(bot.id()) == null).forEach(bot -> steps.removes().add(removal(bot)));
        return steps;
    }

    private void add(BotConfiguration now, BotConfiguration old, Steps steps) {
        boolean runs = running.contains(now.id());
        if (old == null || !old.enabled()) {
            if (now.enabled() && !runs) {
                steps.starts().add(now.id());
                return;
            }
        } else if (!now.enabled()) {
            if (runs) {
                steps.stops().add(now.id());
            }
            return;
        }
        if (runs && old != null && isOther(old, now)) {
            (isAnother(old, now) ? steps.restarts() : steps.reloads()).add(now.id());
        }
    }

    private static boolean isAnother(BotConfiguration old, BotConfiguration now) {
        return !Objects.equals(old.module(), now.module()) || !old.sourceQueue().equals(now.sourceQueue()) || !old.runMode().equals(now.runMode())
                || RESTARTING.stream().anyMatch(name -> !Objects.equals(old.parameters().get(name), now.parameters().get(name)));
    }

    private boolean isOther(BotConfiguration old, BotConfiguration now) {
        if (isAnother(old, now) || !old.destinationQueues().equals(now.destinationQueues()) || !Objects.equals(old.group(), now.group())) {
            return true;
        }
        Set<String> names = new HashSet<>(old.parameters().keySet());
        names.addAll(now.parameters().keySet());
        names.removeIf(name -> Objects.equals(old.parameters().get(name), now.parameters().get(name)));
        return names.stream().anyMatch(name -> concerns(name, old, now));
    }

    /** What {@code global} says for other kinds of bots does not concern this one. */
    private boolean concerns(String name, BotConfiguration old, BotConfiguration now) {
        if (old.ownParameters().containsKey(name) || now.ownParameters().containsKey(name)) {
            return true;
        }
        BotType<?> type = now.module() == null ? null : catalogue.find(now.module());
        return type == null || ParameterSchema.of(type.params()).names().contains(name)
                || ParameterSchema.of(type.group().commonParams()).names().contains(name)
                || ParameterSchema.of(RuntimeParams.class).names().contains(name);
    }

    private Plan.Removal removal(BotConfiguration bot) {
        boolean isTaken = after.bots().values().stream().anyMatch(other -> !other.isCollector() && other.sourceQueue().equals(bot.sourceQueue()));
        if (bot.isCollector() || isTaken) {
            return new Plan.Removal(bot.id(), null, 0, List.of(), null, null, 0);
        }
        long left = waiting.getOrDefault(bot.sourceQueue(), 0L);
        boolean runs = running.contains(bot.id());
        String renamed = renamed(bot);
        String suggested = renamed != null ? MOVE : runs ? DRAIN : left == 0 ? DISCARD : null;
        return new Plan.Removal(bot.id(), bot.sourceQueue(), left, runs ? List.of(DRAIN, MOVE, DISCARD) : List.of(MOVE, DISCARD), suggested, renamed,
                DRAIN_SECONDS);
    }

    /** The queue of the one new bot that is the same but for its name. */
    private String renamed(BotConfiguration bot) {
        List<BotConfiguration> same = after.bots().values().stream().filter(other -> before.bot(other.id()) == null && !other.isCollector()
                && Objects.equals(bot.module(), other.module()) && bot.ownParameters().equals(other.ownParameters())
                && bot.destinationQueues().equals(other.destinationQueues())).toList();
        return same.size() == 1 ? same.get(0).sourceQueue() : null;
    }

    /** Reader by queue in the new configuration. */
    Map<String, String> readers() {
        Map<String, String> readers = new HashMap<>();
        after.bots().values().stream().filter(bot -> !bot.isCollector()).forEach(bot -> readers.putIfAbsent(bot.sourceQueue(), bot.id()));
        return readers;
    }
}
