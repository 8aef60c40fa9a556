package org.intelmq.conformance.outside;

import java.io.IOException;
import java.util.Map;
import org.intelmq.bot.Http;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.ReplayServices;
import org.intelmq.replay.StreamSource;

/** Something outside that runs while a case does. */
public interface Outside extends AutoCloseable {

    /** In a case: where the outside is. */
    String PORT = "port";

    /** What stands for the places of a case, by name without braces: {@code port} is the one where it listens. */
    Map<String, Object> places();

    /** How the bot reaches the web in this case. */
    default Http web(Http real) {
        return real;
    }

    /** Before the bot is made: what it borrows in this case, to be changed or looked at. */
    default void attach(ReplayServices services) { }

    /** How it tells a bot things that listens; {@code null} if it does so by itself and has an end. */
    default StreamSource source() {
        return null;
    }

    /** Reports what it saw otherwise than recorded, once the bot is done: its entries of {@code sent} and {@code after}. */
    void compare(Map<String, Object> record, Comparison comparison) throws Exception;

    @Override
    void close() throws IOException;
}
