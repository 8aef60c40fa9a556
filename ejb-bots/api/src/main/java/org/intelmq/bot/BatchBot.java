package org.intelmq.bot;

import java.util.List;

/**
 * A bot that benefits from many inputs at once: bulk look-ups, one write for many events.
 * The host calls {@link #processAll} with the inputs that arrived together. If that throws, everything it sent is dropped and each input is
 * passed to {@link #process} alone, so that only the culprit fails; external effects (rows, files) must tolerate that repetition. What it
 * sends are its inputs or copies of them, so that each result has its own input's identity whichever inputs come together.
 */
public interface BatchBot<I> extends Bot<I> {

    void processAll(List<I> inputs, Outbox out) throws Exception;
}
