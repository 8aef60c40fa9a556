package org.intelmq.engine.settings;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ListensOn;

/**
 * Which of the servers that share a broker run a bot. Immutable.
 *
 * @param servers all, one of them, or those named
 * @param names of servers; empty unless servers are named
 * @param isChosen whether the configuration says so, rather than the kind of bot
 * @param parted whether each server that runs the bot has a separate memory or rate limit for it
 */
public record Placement(Servers servers, Set<String> names, boolean isChosen, boolean parted) {

    /** How many servers run it. */
    public enum Servers { ALL, ONE, NAMED }

    public Placement {
        names = Set.copyOf(names);
    }

    /** As the parameter {@code nodes} says, or else as the bot needs. */
    public static Placement of(BotType<?> type, Record params, RuntimeParams runtime) {
        boolean parted = remembersInFile(type, params) || limits(type, runtime.rateLimit());
        List<String> given = runtime.nodes();
        if (given.isEmpty()) {
            boolean connects = type.streams() && !(params instanceof ListensOn);
            return new Placement(parted || connects ? Servers.ONE : Servers.ALL, Set.of(), false, parted);
        }
        return switch (given.get(0)) {
            case NodeNames.ALL -> new Placement(Servers.ALL, Set.of(), true, parted);
            case NodeNames.ONE -> new Placement(Servers.ONE, Set.of(), true, parted);
            default -> new Placement(Servers.NAMED, Set.copyOf(given), true, parted);
        };
    }

    /** Whether only one server at a time may run it. */
    public boolean isOne() {
        return servers == Servers.ONE;
    }

    /** Whether the server with this name may run it. */
    public boolean includes(String server) {
        return servers != Servers.NAMED || names.contains(server);
    }

    /** Whether several servers would each decide with only their own knowledge. */
    public boolean isTorn() {
        return parted && (servers == Servers.ALL || names.size() > 1);
    }

    private static boolean remembersInFile(BotType<?> type, Record params) {
        return type.remembers() && Arrays.stream(params.getClass().getRecordComponents()).filter(component -> component.getType() == CacheParams.class)
                .map(component -> cache(component.getAccessor(), params)).noneMatch(CacheParams::isShared);
    }

    private static CacheParams cache(Method accessor, Record params) {
        try {
            accessor.setAccessible(true);
            return (CacheParams) accessor.invoke(params);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("parameters of " + params.getClass().getName() + " cannot be read", e);
        }
    }

    /** For a collector, {@code rate_limit} is the pause between its runs, on whichever server they are. */
    private static boolean limits(BotType<?> type, Duration rateLimit) {
        return type.group() != BotGroup.COLLECTOR && !rateLimit.isZero();
    }
}
