package org.intelmq.bot;

/** An input that is not in the form the bot reads; such a message is not tried again (IntelMQ's DecodingError). */
public class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
