package org.intelmq.bot;

/**
 * A service that the bot needs, such as a database or a host, cannot be reached now. The input goes back to its queue and the bot pauses;
 * nothing else is held up.
 */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
