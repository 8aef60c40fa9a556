package org.intelmq.control;

import java.time.Instant;
import java.util.List;

/**
 * One of the servers that share a broker, as it has told of itself.
 *
 * @param name          {@code INTELMQ_NODE}, or the host's name
 * @param self          whether it is the server that was asked
 * @param alive         whether it has been heard of in the last seconds
 * @param version       of the application
 * @param since         when it was started
 * @param lastSign      when it was heard of last, by the clock of the server that was asked
 * @param configuration the first digits of a hash of its configuration files; the same where these are the same
 * @param running       the bots that it runs, or stands by to run; sorted
 */
public record NodeState(String name, boolean self, boolean alive, String version, Instant since, Instant lastSign, String configuration,
                        List<String> running) { }
