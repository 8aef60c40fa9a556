package org.intelmq.message;

/** A value that its field does not take; such a message is not tried again. */
public class InvalidValue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidValue(String message) {
        super(message);
    }
}
