package org.intelmq.manager;

/** A masked secret came back that stands for none of those that are stored. */
final class MaskedSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MaskedSecretException(String message) {
        super(message);
    }
}
