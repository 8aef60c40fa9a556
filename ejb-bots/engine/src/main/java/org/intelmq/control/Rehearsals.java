package org.intelmq.control;

import java.util.List;

/** Trials of bots that change nothing. Thread-safe. */
@FunctionalInterface
public interface Rehearsals {

    /**
     * Gives the messages to a copy of the bot made for this trial alone: it starts without any memory and writes no log file. The bot itself
     * is not disturbed.
     *
     * @param messages in serialised form
     * @return the outcome for each message
     * @throws IllegalStateException saying why the copy cannot be made
     */
    List<Trial> rehearse(String bot, List<String> messages);
}
