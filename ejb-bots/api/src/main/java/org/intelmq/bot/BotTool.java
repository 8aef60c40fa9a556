package org.intelmq.bot;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** A command-line tool of a bot, for operators: IntelMQ's {@code BOT_ID --cli}. It runs in a process of its own. */
@FunctionalInterface
public interface BotTool<P extends Record> {

    /**
     * @param arguments as typed, without the bot's id
     * @return the exit code, 0 if all went well
     * @throws ConfigurationException if a parameter or an argument does not allow the tool to run
     */
    int run(P params, Caller caller, List<String> arguments) throws Exception;

    /**
     * What the tool may use.
     *
     * @param dataDirectory IntelMQ's {@code var/lib/bots/}
     * @param in what the operator types
     * @param out what the operator reads
     */
    record Caller(String botId, Clock clock, Path dataDirectory, Function<HttpParams, Http> http, BufferedReader in, PrintStream out) { }
}
