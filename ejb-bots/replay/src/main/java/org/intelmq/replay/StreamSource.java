package org.intelmq.replay;

/** The other side of a stream while a case is run. */
public interface StreamSource {

    /** Sends everything that the case says, once the bot has connected. Returns when the bot has answered, or will not. */
    void play() throws Exception;
}
