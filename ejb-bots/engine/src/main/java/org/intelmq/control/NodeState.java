package org.intelmq.control;

import java.time.Instant;
import java.util.List;

/**
 * One of the servers that share a broker, as it last described itself.
 *
 * @param name {@code INTELMQ_NODE}, or the host's name
 * @param self whether this is the server that was asked
 * @param alive whether it has been heard from in the last few seconds
 * @param version of the application
 * @param since when it was started
 * @param lastSign when it was last heard from, by the clock of the server that was asked
 * @param configuration the first digits of a hash of its configuration files; servers with the same files have the same
 * @param running the bots that it runs, or is ready to take over; sorted
 */
public record NodeState(String name, boolean self, boolean alive, String version, Instant since, Instant lastSign, String configuration,
                        List<String> running) { }
