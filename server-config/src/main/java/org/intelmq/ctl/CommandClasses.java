package org.intelmq.ctl;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.intelmq.replay.CommandRunner;
import picocli.CommandLine;

/** The commands that have a class each: those that do more than pass on their arguments. */
final class CommandClasses {

    private static final List<String> NAMES = List.of("explain", "nodes", "replay", "run", "tap", "token", "top", "user");

    private CommandClasses() { }

    static boolean areIn(Set<String> arguments) {
        return !Collections.disjoint(NAMES, arguments);
    }

    /** @param again runs the command line again, for the commands that need that */
    static void add(CommandLine line, Predicate<String> wanted, Session session, CommandRunner again) {
        NAMES.stream().filter(wanted).forEach(name -> line.addSubcommand(name, switch (name) {
            case "explain" -> new ExplainCommand(session);
            case "nodes" -> new NodesCommand(session);
            case "replay" -> new ReplayCommand(session, again);
            case "run" -> new BotRunCommand(session);
            case "tap" -> new TapCommand(session);
            case "token" -> new TokenCommand(session);
            case "top" -> new TopCommand(session);
            default -> new UserCommand(session);
        }));
    }
}
