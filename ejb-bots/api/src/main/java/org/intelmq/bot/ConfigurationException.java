package org.intelmq.bot;

/** A parameter or file makes it impossible for the bot to start or go on, so it stops. The message names the key, the value and what was expected. */
public class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
