package org.intelmq.text.time;

/** A text that contains no date or time, or one that does not exist. */
public class UnreadableTime extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnreadableTime(String message) {
        super(message);
    }
}
