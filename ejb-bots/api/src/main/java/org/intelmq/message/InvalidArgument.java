package org.intelmq.message;

/** An argument outside its documented values. */
public class InvalidArgument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidArgument(String message) {
        super(message);
    }
}
