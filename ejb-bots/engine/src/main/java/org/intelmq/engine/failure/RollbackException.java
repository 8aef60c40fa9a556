package org.intelmq.engine.failure;

/** The delivery cannot continue and must be rolled back as a whole; the broker delivers it again. */
public class RollbackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RollbackException(String message, Throwable cause) {
        super(message, cause);
    }
}
