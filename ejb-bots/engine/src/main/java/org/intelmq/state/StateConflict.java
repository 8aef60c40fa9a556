package org.intelmq.state;

/** Several servers have changed the same entries of a bot's state at once, and another one was first: the delivery must be rolled back. */
public final class StateConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateConflict(String message) {
        super(message);
    }
}
