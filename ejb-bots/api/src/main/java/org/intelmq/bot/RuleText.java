package org.intelmq.bot;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.intelmq.message.Message;

/**
 * The file of rules that a bot works by: what somebody can check and try out before it is saved. Immutable.
 *
 * @param kind   one word for operators, such as {@code sieve}
 * @param file   of a bot with these parameters; relative ones lie below {@link BotContext#dataDirectory}
 * @param reader compiles a text as the bot does
 */
public record RuleText<P extends Record>(String kind, Function<P, Path> file, Reader<P> reader) {

    /** A file that says nothing wrong, such as a list or a template. */
    public static <P extends Record> RuleText<P> plain(String kind, Function<P, Path> file) {
        return new RuleText<>(kind, file, (text, params, context) -> new Reading(null, List.of()));
    }

    /** Compiles a text as the bot of these parameters does, and says all that is wrong with it. */
    @FunctionalInterface
    public interface Reader<P> {
        Reading read(String text, P params, BotContext context);
    }

    /** @param rules {@code null} if a mistake would keep the bot from starting */
    public record Reading(Rules rules, List<Mistake> mistakes) { }

    /**
     * Something that is wrong with a text.
     *
     * @param line   from 1
     * @param column from 1
     * @param fatal  whether the bot would not start with it
     */
    public record Mistake(int line, int column, String text, boolean fatal) { }

    /** The bot's own rules, which tell their way. For one thread. */
    @FunctionalInterface
    public interface Rules {
        void process(Message event, Outbox out, Trace trace) throws Exception;
    }

    /** Is told which way an event goes through the rules, step by step. */
    public interface Trace {

        /** @param line where the condition stands, from 1 */
        void condition(int line, boolean holds);

        /**
         * After it was done.
         *
         * @param line where the action stands, from 1
         */
        void action(int line);
    }
}
