package org.intelmq.engine.check;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** Whether several bots want to listen on the same address, where only one can. */
final class ListeningCheck {

    private ListeningCheck() { }

    /** @param place the address that a bot listens on; {@code null} if it does not listen */
    static List<Problem> problems(Iterable<BotConfiguration> bots, Function<BotConfiguration, SocketAddress> place) {
        Map<String, SocketAddress> places = new LinkedHashMap<>();
        for (BotConfiguration bot : bots) {
            SocketAddress own = bot.enabled() ? place.apply(bot) : null;
            if (own != null) {
                places.put(bot.id(), own);
            }
        }
        List<Problem> problems = new ArrayList<>();
        places.forEach((bot, own) -> places.forEach((other, taken) -> {
            if (!bot.equals(other) && exclude(own, taken)) {
                problems.add(problem(bot, own, other, taken));
            }
        }));
        return problems;
    }

    private static boolean exclude(SocketAddress one, SocketAddress other) {
        if (one instanceof InetSocketAddress first && other instanceof InetSocketAddress second) {
            boolean sameHost = first.getAddress() != null && second.getAddress() != null
                    && (first.getAddress().equals(second.getAddress()) || first.getAddress().isAnyLocalAddress() || second.getAddress().isAnyLocalAddress());
            return sameHost && first.getPort() == second.getPort() && first.getPort() != 0;
        }
        return one.equals(other);
    }

    private static Problem problem(String bot, SocketAddress own, String other, SocketAddress taken) {
        boolean network = own instanceof InetSocketAddress;
        String value = network ? String.valueOf(((InetSocketAddress) own).getPort()) : own.toString();
        String there = taken instanceof InetSocketAddress address ? address.getAddress().getHostAddress() + ':' + address.getPort() : taken.toString();
        return Problem.ofBot(bot, Severity.ERROR, "parameter '" + (network ? "port" : "socket_path") + "' cannot be \"" + value + "\": expected one "
                + "of its own, as bot '" + other + "' listens on " + there + " too, and only one of them can");
    }
}
