package org.intelmq.administration.configuration;

/** A masked secret came back that stands for none of those that are stored. */
public final class MaskedSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MaskedSecretException(String message) {
        super(message);
    }
}
