package org.intelmq.engine.wire;

/** A line of a parcel is not as it was written. */
final class DamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }
}
