package org.intelmq.bot;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How a bot's database is brought up to date ({@code intelmqctl update-database}). The host fetches once for all bots with the same file, puts
 * the new file in place once it is complete, and reloads the bots that use it.
 *
 * @param file where a bot with these parameters keeps its database, relative paths starting from {@link BotContext#dataDirectory}; {@code
 *     null} if it wants no updates
 * @param fetch gets the newest database
 */
public record DatabaseUpdate<P extends Record>(Function<P, Path> file, Fetch<P> fetch) {

    /** Writes the newest database. Throws an exception that names address and reason rather than write a database that the bot could not read. */
    @FunctionalInterface
    public interface Fetch<P> {
        void fetch(P params, Http http, OutputStream target) throws Exception;
    }
}
