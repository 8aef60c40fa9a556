package org.intelmq.jms;

/** A transaction was not committed because an id that it was to remember is already remembered. */
public class KnownIdException extends BrokerException {

    private static final long serialVersionUID = 1L;

    public KnownIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
