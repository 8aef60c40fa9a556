package org.intelmq.administration.queues;

/**
 * What became of a queue's content.
 *
 * @param count events; with {@code retry}, messages of up to 500 events each
 * @param dump  the name of the dump that keeps what was taken out, for a day; {@code null} if nothing was
 */
public record Moved(long count, String dump) { }
