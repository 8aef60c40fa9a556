package org.intelmq.bot;

import java.util.List;

/**
 * A bot that gains from seeing many inputs at once: look-ups in bulk, one write for many events.
 * The host calls {@link #processAll} with what arrived together. When that throws, all it sent is dropped and each input is
 * given to {@link #process} alone, so that only the culprit fails; effects outside (rows, files) must bear that repetition. What it
 * sends are its inputs or copies of them, so that each result has its own input's identity whichever inputs come together.
 */
public interface BatchBot<I> extends Bot<I> {

    void processAll(List<I> inputs, Outbox out) throws Exception;
}
