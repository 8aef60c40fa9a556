package org.intelmq.ctl;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses, in IntelMQ's words, anything that is not one of the existing values. */
final class Choices {

    private Choices() { }

    /** Returns the bot if it is configured. */
    static String bot(Session session, CommandSpec command, String bot) {
        List<String> bots = session.bots(null);
        if (!bots.contains(bot)) {
            throw invalid(command, "bot_id", bot, bots);
        }
        return bot;
    }

    /** Reports an illegal argument found by the work as one of the command. */
    static int call(CommandSpec command, Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    /** Refuses an action other than {@code list} without a name. */
    static void requireName(CommandSpec command, String action, String name) {
        if (name == null && !action.equals("list")) {
            throw new ParameterException(command.commandLine(), "'" + command.name() + " " + action + "' needs the NAME of a " + command.name());
        }
    }

    static ParameterException invalid(CommandSpec command, String argument, String value, List<String> choices) {
        return new ParameterException(command.commandLine(), "argument " + argument + ": invalid choice: '" + value
                + "' (choose from " + choices.stream().map(choice -> "'" + choice + "'").collect(Collectors.joining(", ")) + ")");
    }
}
