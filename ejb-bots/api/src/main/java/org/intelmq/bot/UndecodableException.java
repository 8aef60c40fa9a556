package org.intelmq.bot;

/** An input that does not have the form the bot reads. Such a message is not tried again (IntelMQ's DecodingError). */
public class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
