package org.intelmq.administration.dumps;

import java.time.Instant;

/**
 * An entry of a dump in a list.
 *
 * @param id     under which it is asked for
 * @param time   when it failed; {@code null} if that is not known
 * @param reason why, as this one says it
 * @param size   characters of the message
 */
public record DumpLine(String id, Instant time, String reason, long size) { }
