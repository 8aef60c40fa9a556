package org.intelmq.ctl;

/** What was asked needs a running server. */
final class NoServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoServerException(String message) {
        super(message);
    }

    NoServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
