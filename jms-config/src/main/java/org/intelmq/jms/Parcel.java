package org.intelmq.jms;

/**
 * One broker message: an encoded batch and what the broker needs to know of it.
 *
 * @param kind      what the body holds; of a LARGE_REPORT the report without its data, which travels next to the parcel
 * @param count     how many reports, events or ticks the body holds, for queue lengths that count events
 * @param body      encoded by the engine; not changed after the hand-over
 * @param id        identity of the batch, the same when the same work is done again; {@code null} if it has none
 * @param deliverAt earliest delivery in milliseconds since the epoch, 0 for at once
 * @param attempt   how often processing the content has failed before
 * @param trace     the span that has sent it, as W3C's {@code traceparent}; {@code null} unless traces are made
 * @param rules     names what the content was checked by; {@code null} if it was not, or if that is not known
 */
public record Parcel(Kind kind, int count, byte[] body, String id, long deliverAt, int attempt, String trace, String rules) {

    public enum Kind { TICK, REPORT, LARGE_REPORT, EVENTS }

    /** Without a trace, and not checked. */
    public Parcel(Kind kind, int count, byte[] body, String id, long deliverAt, int attempt) {
        this(kind, count, body, id, deliverAt, attempt, null, null);
    }

    /** The same with this identity. */
    public Parcel withId(String given) {
        return new Parcel(kind, count, body, given, deliverAt, attempt, trace, rules);
    }

    /** The same, sent by this span. */
    public Parcel withTrace(String given) {
        return new Parcel(kind, count, body, id, deliverAt, attempt, given, rules);
    }

    /** The same, whose content these rules have passed. */
    public Parcel checkedBy(String given) {
        return new Parcel(kind, count, body, id, deliverAt, attempt, trace, given);
    }
}
