package org.intelmq.yaml;

/** A configuration file that cannot be used at all; the message names the file, the place in it, and what was expected. */
public class ConfigurationFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
