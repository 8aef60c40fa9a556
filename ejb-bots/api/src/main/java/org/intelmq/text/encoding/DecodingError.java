package org.intelmq.text.encoding;

/** Bytes that are no text in the character sets they were said to be in. */
public class DecodingError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DecodingError(String message) {
        super(message);
    }
}
