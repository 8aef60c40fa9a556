package org.intelmq.replay;

/** The other side of a bot that is told things, while a case is run. */
public interface StreamSource {

    /** Says all that the case has it say, once the bot has reached it. Returns when the bot has answered, or will not. */
    void play() throws Exception;
}
