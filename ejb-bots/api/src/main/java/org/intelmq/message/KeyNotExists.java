package org.intelmq.message;

/** The field to be changed is missing. */
public class KeyNotExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyNotExists(String message) {
        super(message);
    }
}
