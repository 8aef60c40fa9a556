package org.intelmq.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.intelmq.bot.BotGroup;

/** Checks how the bots are connected. */
public final class PipelineCheck {

    private static final String DEFAULT = "_default";

    private final RuntimeConfiguration configuration;
    private final Function<String, BotGroup> groupOfModule;

    /** @param groupOfModule the group that a module belongs to; {@code null} for an unknown module */
    public PipelineCheck(RuntimeConfiguration configuration, Function<String, BotGroup> groupOfModule) {
        this.configuration = configuration;
        this.groupOfModule = groupOfModule;
    }

    /** Everything that is wrong, in the order of the file. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(configuration.problems());
        Map<String, String> readers = readers(problems);
        configuration.bots().values().forEach(bot -> {
            problems.addAll(connections(bot));
            group(bot, problems);
            unread(bot, readers, problems);
        });
        circles(readers, problems);
        return problems;
    }

    /** Why the bot cannot be started, whatever its parameters are. */
    public List<Problem> refusals(String id) {
        List<Problem> refusals = new ArrayList<>(configuration.problems());
        refusals.removeIf(problem -> !problem.isRefused() || !id.equals(problem.bot()));
        BotConfiguration bot = configuration.bot(id);
        if (bot != null) {
            refusals.addAll(connections(bot));
        }
        return refusals;
    }

    /** Bots are started against the direction of flow, so that each finds the next one running. */
    public List<String> startOrder(List<String> ids) {
        return ids.stream().sorted(Comparator.comparing((String id) -> group(configuration.bot(id))).reversed()).toList();
    }

    private BotGroup group(BotConfiguration bot) {
        BotGroup ofModule = bot.module() == null ? null : groupOfModule.apply(bot.module());
        if (ofModule != null) {
            return ofModule;
        }
        for (BotGroup group : BotGroup.values()) {
            if (group.title().equals(bot.group())) {
                return group;
            }
        }
        return BotGroup.EXPERT;
    }

    private boolean isCollector(BotConfiguration bot) {
        return group(bot) == BotGroup.COLLECTOR;
    }

    /** The reader of each queue; if there are two, the one that starts first. */
    private Map<String, String> readers(List<Problem> problems) {
        Map<String, String> readers = new HashMap<>();
        List<String> enabled = configuration.bots().values().stream().filter(BotConfiguration::enabled).map(BotConfiguration::id).toList();
        for (String id : startOrder(enabled)) {
            BotConfiguration bot = configuration.bot(id);
            String other = isCollector(bot) ? null : readers.putIfAbsent(bot.sourceQueue(), id);
            if (other != null) {
                problems.add(new Problem(id, "source_queue", Severity.REFUSED, sharedQueue(bot, other)));
            }
        }
        configuration.bots().values().stream().filter(bot -> !isCollector(bot)).forEach(bot -> readers.putIfAbsent(bot.sourceQueue(), bot.id()));
        return readers;
    }

    /** Why a bot cannot run alongside another that reads the same queue. */
    public static String sharedQueue(BotConfiguration bot, String other) {
        return "bot '" + bot.id() + "': source_queue cannot be \"" + bot.sourceQueue() + "\": bot '" + other + "' already reads it";
    }

    private List<Problem> connections(BotConfiguration bot) {
        List<Problem> problems = new ArrayList<>();
        if (!isCollector(bot) && bot.destinationQueues().getOrDefault(DEFAULT, List.of()).contains(bot.sourceQueue())) {
            problems.add(new Problem(bot.id(), "destination_queues", Severity.REFUSED, "bot '" + bot.id() + "': destination_queues cannot have \""
                    + bot.sourceQueue() + "\" under _default: the bot reads that queue itself, and what it sends would come back to it forever"));
        }
        for (String queue : bot.destinations()) {
            configuration.bots().values().stream().filter(collector -> isCollector(collector) && TickQueues.of(collector.id()).equals(queue))
                    .forEach(collector -> problems.add(new Problem(bot.id(), "destination_queues", Severity.REFUSED, "bot '" + bot.id()
                            + "': destination_queues cannot have \"" + queue + "\": that queue tells collector '" + collector.id() + "' when to poll")));
        }
        return problems;
    }

    /** IntelMQ runs a bot whatever its group, but uses the group to start and list bots. */
    private void group(BotConfiguration bot, List<Problem> problems) {
        BotGroup ofModule = bot.module() == null ? null : groupOfModule.apply(bot.module());
        if (bot.group() != null && ofModule != null && !ofModule.title().equals(bot.group())) {
            problems.add(new Problem(bot.id(), null, Severity.ERROR, "bot '" + bot.id() + "': group cannot be \"" + bot.group()
                    + "\": expected " + ofModule.title() + ", because its module is " + bot.module()));
        }
    }

    private static void unread(BotConfiguration bot, Map<String, String> readers, List<Problem> problems) {
        bot.destinations().stream().filter(queue -> !readers.containsKey(queue)).forEach(queue -> problems.add(new Problem(bot.id(),
                "destination_queues", Severity.WARNING, "bot '" + bot.id() + "': destination_queues has \"" + queue
                + "\", which no bot reads, so messages sent there wait: expected the source_queue of a bot")));
    }

    /** A cycle of several bots may be intended, as long as one of them drops or reroutes messages. */
    private void circles(Map<String, String> readers, List<Problem> problems) {
        Set<String> told = new HashSet<>();
        for (String id : configuration.bots().keySet()) {
            List<String> circle = told.contains(id) ? List.of() : circle(id, id, readers, new LinkedHashSet<>());
            if (circle.size() > 1) {
                told.addAll(circle);
                problems.add(new Problem(id, "destination_queues", Severity.WARNING, "bot '" + id
                        + "': destination_queues leads round in a circle: " + circle.stream().map(each -> "'" + each + "'")
                        .collect(Collectors.joining(", ")) + ", and back to '" + id + "'; messages that none of these bots drops go round forever"));
            }
        }
    }

    /** The bots on a path back to the first; empty if there is none. */
    private List<String> circle(String first, String id, Map<String, String> readers, Set<String> way) {
        way.add(id);
        for (String queue : configuration.bot(id).destinationQueues().getOrDefault(DEFAULT, List.of())) {
            String next = readers.get(queue);
            if (first.equals(next)) {
                return List.copyOf(way);
            }
            List<String> found = next == null || way.contains(next) ? List.of() : circle(first, next, readers, way);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
