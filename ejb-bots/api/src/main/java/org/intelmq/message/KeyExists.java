package org.intelmq.message;

/** The field is already set and was not to be replaced. */
public class KeyExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyExists(String message) {
        super(message);
    }
}
