package org.intelmq.bot;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.intelmq.message.Message;

/**
 * The file of rules that a bot follows, which can be checked and tried out before it is saved. Immutable.
 *
 * @param kind one word for operators, such as {@code sieve}
 * @param file the file of a bot with these parameters; relative paths start from {@link BotContext#dataDirectory}
 * @param reader compiles a text as the bot does
 */
public record RuleText<P extends Record>(String kind, Function<P, Path> file, Reader<P> reader) {

    /** A file that cannot contain mistakes, such as a list or a template. */
    public static <P extends Record> RuleText<P> plain(String kind, Function<P, Path> file) {
        return new RuleText<>(kind, file, (text, params, context) -> new Reading(null, List.of()));
    }

    /** Compiles a text as a bot with these parameters does, and reports everything that is wrong with it. */
    @FunctionalInterface
    public interface Reader<P> {
        Reading read(String text, P params, BotContext context);
    }

    /** @param rules {@code null} if a mistake would keep the bot from starting */
    public record Reading(Rules rules, List<Mistake> mistakes) { }

    /**
     * A mistake in a text.
     *
     * @param line from 1
     * @param column from 1
     * @param fatal whether it prevents the bot from starting
     */
    public record Mistake(int line, int column, String text, boolean fatal) { }

    /** The bot's own rules, which report how an event passes through them. For one thread. */
    @FunctionalInterface
    public interface Rules {
        void process(Message event, Outbox out, Trace trace) throws Exception;
    }

    /** Is told, step by step, how an event passes through the rules. */
    public interface Trace {

        /** @param line the line of the condition, from 1 */
        void condition(int line, boolean holds);

        /**
         * Called after the action.
         *
         * @param line the line of the action, from 1
         */
        void action(int line);
    }
}
