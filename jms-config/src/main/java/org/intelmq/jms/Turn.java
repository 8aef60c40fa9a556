package org.intelmq.jms;

/** A place in a line of servers, of which one at a time has the turn. Thread-safe. */
public interface Turn extends AutoCloseable {

    /** Where there is no other server. */
    Turn OURS = new Turn() {

        @Override
        public boolean isOurs() {
            return true;
        }

        @Override
        public void close() { }
    };

    boolean isOurs();

    /** Leaves the line: another's turn begins. */
    @Override
    void close();
}
