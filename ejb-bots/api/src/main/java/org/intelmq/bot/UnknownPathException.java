package org.intelmq.bot;

/** A path that the bot's destination_queues do not name. */
public class UnknownPathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownPathException(String message) {
        super(message);
    }

    public UnknownPathException(String message, Throwable cause) {
        super(message, cause);
    }
}
