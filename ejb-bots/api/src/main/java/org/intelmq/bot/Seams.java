package org.intelmq.bot;

/**
 * Where the bytes of a report may be cut between two rows, so that each piece, with the header on top, yields the rows that the whole would.
 * It works on bytes because line ends and quotes are the same in all encodings that reports may have. Thread-safe.
 */
public interface Seams {

    /** How many bytes from the beginning of the report each piece needs above its rows. */
    int header(byte[] beginning, int length);

    /** The end of the last whole row that is followed by another; 0 if there is none. The bytes begin with a row. */
    int last(byte[] rows, int length);
}
