package org.intelmq.message;

/** A field that is missing and was to be changed. */
public class KeyNotExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyNotExists(String message) {
        super(message);
    }
}
