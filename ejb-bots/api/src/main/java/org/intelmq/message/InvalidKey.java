package org.intelmq.message;

/** A field name that the harmonization does not know. */
public class InvalidKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidKey(String message) {
        super(message);
    }
}
