package org.intelmq.bot;

/**
 * Where the bytes of a report may be cut between two rows, so that each piece, below the header, is read as its rows would be in the
 * whole. It works on bytes because line ends and quotes are the same in all encodings that reports come in. Thread-safe.
 */
public interface Seams {

    /** How many of the bytes at a report's beginning each piece needs above its rows. */
    int header(byte[] beginning, int length);

    /** The end of the last whole row that another follows; 0 if there is none. The bytes begin with a row. */
    int last(byte[] rows, int length);
}
