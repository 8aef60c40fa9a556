package org.intelmq.bots;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Nothing is logged until this is closed: for tests that provoke thousands of warnings. What others log afterwards is heard again. */
public final class QuietLog implements AutoCloseable {

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();

    public QuietLog() {
        root.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        root.setLevel(before);
    }
}
