package org.intelmq.jms;

/** A place in a line of servers, of which one at a time has the turn. Thread-safe. */
public interface Turn extends AutoCloseable {

    /** Where there is no other server. */
    Turn OURS = new Turn() {

        @Override
        public State state() {
            return State.OURS;
        }

        @Override
        public void close() { }
    };

    /** LOST is a turn, or a place in the line, while the broker is out of reach: another server may have it by now. */
    enum State { WAITING, OURS, LOST }

    State state();

    /** Leaves the line: another's turn begins. */
    @Override
    void close();
}
