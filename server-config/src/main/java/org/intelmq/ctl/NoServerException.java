package org.intelmq.ctl;

/** The request needs a running server. */
class NoServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoServerException(String message) {
        super(message);
    }

    NoServerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The server is there but refuses what was asked: asking again would be of no use. */
    static final class Refusal extends NoServerException {

        private static final long serialVersionUID = 1L;

        Refusal(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
