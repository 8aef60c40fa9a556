package org.intelmq.conformance;

/** A vector names a function that we do not have. */
final class UnsupportedFunction extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
