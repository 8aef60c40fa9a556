package org.intelmq.upgrade;

/** A key is missing without which the configuration cannot be upgraded. */
final class IncompleteConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IncompleteConfigurationException(String message) {
        super(message);
    }
}
