package org.intelmq.bot;

/** A path that is not among the bot's {@code destination_queues}. */
public class UnknownPathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownPathException(String message) {
        super(message);
    }

    public UnknownPathException(String message, Throwable cause) {
        super(message, cause);
    }
}
