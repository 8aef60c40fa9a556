package org.intelmq.control;

import java.util.List;

/** Trials of bots that change nothing. Thread-safe. */
@FunctionalInterface
public interface Rehearsals {

    /**
     * Gives messages to another bot like this one, made for that alone: it remembers nothing and its log is nowhere. The bot itself
     * goes on undisturbed.
     *
     * @param messages in serialised form
     * @return what became of each
     * @throws IllegalStateException saying why the bot cannot be made
     */
    List<Trial> rehearse(String bot, List<String> messages);
}
