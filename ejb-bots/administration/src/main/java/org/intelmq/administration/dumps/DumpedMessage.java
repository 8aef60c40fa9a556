package org.intelmq.administration.dumps;

import java.time.Instant;

/**
 * An entry of a dump.
 *
 * @param sourceQueue where it came from, and goes to again; {@code null} for a collector's
 * @param traceback   why it failed, for people
 * @param message     in serialised form, or bytes in base64
 * @param base64      whether {@code message} holds bytes that are not text
 */
public record DumpedMessage(String id, Instant time, String reason, int size, String sourceQueue, String traceback, String message, boolean base64) { }
