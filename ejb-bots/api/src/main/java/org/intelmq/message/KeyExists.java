package org.intelmq.message;

/** A field that is set already and was not to be replaced. */
public class KeyExists extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyExists(String message) {
        super(message);
    }
}
