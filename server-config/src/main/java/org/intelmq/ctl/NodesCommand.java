package org.intelmq.ctl;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code intelmqctl nodes}: the servers that share the broker. */
@Command(name = "nodes", description = "Show the servers that share the broker, what each runs, and whether their configurations are the same.")
final class NodesCommand implements Callable<Integer> {

    private final Session session;

    NodesCommand(Session session) {
        this.session = session;
    }

    /** @return 1 if a server is silent, or configurations differ */
    @Override
    public Integer call() {
        List<Map<?, ?>> nodes = ((List<?>) session.remote().get("nodes")).stream().<Map<?, ?>>map(node -> (Map<?, ?>) node).toList();
        session.output().result(nodes);
        if (nodes.isEmpty()) {
            session.output().show("Only this server uses the broker: set INTELMQ_BROKER on several servers to share one.");
            return 0;
        }
        if (session.output().isText()) {
            table(nodes).forEach(session.output()::show);
        }
        long configurations = nodes.stream().filter(node -> Boolean.TRUE.equals(node.get("alive"))).map(node -> node.get("configuration")).distinct().count();
        return configurations > 1 || nodes.stream().anyMatch(node -> !Boolean.TRUE.equals(node.get("alive"))) ? 1 : 0;
    }

    private static List<String> table(List<Map<?, ?>> nodes) {
        List<String> lines = new ArrayList<>();
        lines.add(line("SERVER", "STATE", "LAST SIGN", "VERSION", "CONFIGURATION", "BOTS"));
        for (Map<?, ?> node : nodes) {
            Duration silent = Duration.between(Instant.parse((String) node.get("last_sign")), Instant.now());
            lines.add(line(node.get("name") + (Boolean.TRUE.equals(node.get("self")) ? " (this one)" : ""),
                    Boolean.TRUE.equals(node.get("alive")) ? "alive" : "silent", Math.max(0, silent.toSeconds()) + " s ago", (String) node.get("version"),
                    (String) node.get("configuration"), String.join(" ", ((List<?>) node.get("running")).stream().map(String::valueOf).toList())));
        }
        return lines;
    }

    private static String line(String... columns) {
        return "%-24s %-7s %-10s %-10s %-14s %s".formatted((Object[]) columns).stripTrailing();
    }
}
