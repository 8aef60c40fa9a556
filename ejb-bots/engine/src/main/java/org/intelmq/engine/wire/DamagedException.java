package org.intelmq.engine.wire;

/** A line of a parcel has been changed since it was written. */
final class DamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }
}
