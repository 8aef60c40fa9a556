package org.intelmq.ctl;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;

/** The commands that show a server at work, each a class. */
final class LiveCommands {

    private static final Map<String, Function<Session, Object>> ALL =
            new TreeMap<>(Map.of("top", TopCommand::new, "tap", TapCommand::new, "explain", ExplainCommand::new));

    private LiveCommands() { }

    static boolean areIn(Set<String> arguments) {
        return ALL.keySet().stream().anyMatch(arguments::contains);
    }

    static void add(CommandLine line, Predicate<String> wanted, Session session) {
        ALL.forEach((name, command) -> {
            if (wanted.test(name)) {
                line.addSubcommand(name, command.apply(session));
            }
        });
    }
}
