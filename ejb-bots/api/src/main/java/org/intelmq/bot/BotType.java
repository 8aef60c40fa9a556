package org.intelmq.bot;

import java.nio.file.Path;
import java.util.function.Function;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * A kind of bot that can be configured: its name, its parameters and how to create one. Each bot class declares its own as a constant
 * {@code TYPE}. Immutable.
 *
 * @param module      the name in {@code runtime.yaml}, as IntelMQ's: {@code intelmq.bots.parsers.dshield.parser_asn}
 * @param name        display name
 * @param description one or two sentences for operators
 * @param params      record of the bot's parameters, see {@link Param}
 * @param waits       whether it waits for other systems (network, database); such a bot is always reached through its queue,
 *                    while one that only computes may be run within its sender's delivery
 * @param connects    whether it opens its own connections, for which recorded answers cannot be substituted
 * @param streams     whether it is a {@link StreamBot}, whose source pushes data
 * @param update      how its database is brought up to date; {@code null} if it has none
 * @param tool        a command for operators; {@code null} if it has none
 * @param rules       the file with its rules; {@code null} if it has none
 * @param remembers   whether what it sends depends on what it remembers of earlier inputs, more than a cache does
 */
public record BotType<P extends Record>(BotGroup group, String module, String name, String description, Class<P> params,
                                        Factory<P, ?> factory, boolean waits, boolean connects, boolean streams,
                                        DatabaseUpdate<P> update, BotTool<P> tool, RuleText<P> rules, boolean remembers) {

    /** Creates a bot that is ready to work. Throws {@link ConfigurationException} if a parameter or file makes that impossible. */
    @FunctionalInterface
    public interface Factory<P extends Record, I> {
        Bot<I> create(P params, BotContext context) throws Exception;
    }

    /** Creates a collector whose source pushes data. */
    @FunctionalInterface
    public interface StreamFactory<P extends Record> extends Factory<P, Intake> {
        @Override
        StreamBot create(P params, BotContext context) throws Exception;
    }

    public static <P extends Record> BotType<P> collector(String module, String name, String description, Class<P> params,
                                                          Factory<P, Tick> factory) {
        return new BotType<>(BotGroup.COLLECTOR, module, name, description, params, factory, true, false, false, null, null, null, false);
    }

    /** A collector that keeps a connection or opens a server. */
    public static <P extends Record> BotType<P> stream(String module, String name, String description, Class<P> params,
                                                       StreamFactory<P> factory) {
        return new BotType<>(BotGroup.COLLECTOR, module, name, description, params, factory, true, true, true, null, null, null, false);
    }

    public static <P extends Record> BotType<P> parser(String module, String name, String description, Class<P> params,
                                                       Factory<P, Report> factory) {
        return new BotType<>(BotGroup.PARSER, module, name, description, params, factory, false, false, false, null, null, null, false);
    }

    public static <P extends Record> BotType<P> expert(String module, String name, String description, Class<P> params,
                                                       Factory<P, Message> factory) {
        return new BotType<>(BotGroup.EXPERT, module, name, description, params, factory, false, false, false, null, null, null, false);
    }

    public static <P extends Record> BotType<P> output(String module, String name, String description, Class<P> params,
                                                       Factory<P, Message> factory) {
        return new BotType<>(BotGroup.OUTPUT, module, name, description, params, factory, false, false, false, null, null, null, false);
    }

    /** The same, marked as waiting for other systems. */
    public BotType<P> waiting() {
        return new BotType<>(group, module, name, description, params, factory, true, connects, streams, update, tool, rules, remembers);
    }

    /** The same, marked as waiting for other systems over connections that it opens itself rather than those its host lends. */
    public BotType<P> connecting() {
        return new BotType<>(group, module, name, description, params, factory, true, true, streams, update, tool, rules, remembers);
    }

    /** The same, with a database that can be updated. */
    public BotType<P> updating(Function<P, Path> file, DatabaseUpdate.Fetch<P> fetch) {
        return new BotType<>(group, module, name, description, params, factory, waits, connects, streams, new DatabaseUpdate<>(file, fetch), tool, rules,
                remembers);
    }

    /** The same, with a tool for the command line. */
    public BotType<P> withTool(BotTool<P> other) {
        return new BotType<>(group, module, name, description, params, factory, waits, connects, streams, update, other, rules, remembers);
    }

    /** The same, marked as following a file of rules. */
    public BotType<P> withRules(RuleText<P> other) {
        return new BotType<>(group, module, name, description, params, factory, waits, connects, streams, update, tool, other, remembers);
    }

    /** The same, marked as sending results that depend on what it remembers. */
    public BotType<P> remembering() {
        return new BotType<>(group, module, name, description, params, factory, waits, connects, streams, update, tool, rules, true);
    }
}
