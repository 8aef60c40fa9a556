package org.intelmq.control;

import java.util.List;
import org.intelmq.message.Message;

/** Somebody who looks at what flows through a bot. Called by the bot's threads, which it must not keep waiting, nor burden with an exception. */
@FunctionalInterface
public interface Watcher {

    /**
     * @param path     along which they are sent; {@code null} for what the bot takes in
     * @param messages not to be changed, nor kept
     */
    void see(String path, List<Message> messages);
}
