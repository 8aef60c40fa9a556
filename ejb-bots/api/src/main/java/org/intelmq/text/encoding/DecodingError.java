package org.intelmq.text.encoding;

/** Bytes that are invalid in all of the character sets they were declared to be in. */
public class DecodingError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DecodingError(String message) {
        super(message);
    }
}
