package org.intelmq.control;

import java.util.List;
import org.intelmq.message.Message;

/** Watches what flows through a bot. It is called on the bot's threads, so it must return quickly and throw nothing. */
@FunctionalInterface
public interface Watcher {

    /**
     * @param path the path on which they are sent; {@code null} for what the bot takes in
     * @param messages must be neither changed nor kept
     */
    void see(String path, List<Message> messages);
}
