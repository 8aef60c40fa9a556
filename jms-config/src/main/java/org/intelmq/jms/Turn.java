package org.intelmq.jms;

/** A place in a line of servers, one of which at a time has the turn. Thread-safe. */
public interface Turn extends AutoCloseable {

    /** The turn where there is no other server. */
    Turn OURS = new Turn() {

        @Override
        public State state() {
            return State.OURS;
        }

        @Override
        public void close() { }
    };

    /** LOST is a turn, or a place in the line, while the broker cannot be reached: another server may have it by now. */
    enum State { WAITING, OURS, LOST }

    State state();

    /** Leaves the line: another's turn begins. */
    @Override
    void close();
}
