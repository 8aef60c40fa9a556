package org.intelmq.administration.system;

import java.time.Instant;
import java.util.List;

/**
 * The server at work.
 *
 * @param version  of this application
 * @param intelmq  the version of IntelMQ whose behaviour it has
 * @param java     version and vendor
 * @param uptime   seconds since the server's process began
 * @param bots     how many are configured
 * @param running  how many of them run
 * @param missing  those that should run but do not
 * @param readers  who follow changes live
 */
public record SystemView(String version, String intelmq, String java, Instant time, long uptime, Disk disk, Memory memory, Brokerage broker, int bots,
                         int running, List<String> missing, int readers) {

    /**
     * The disk with the broker's files, in bytes.
     *
     * @param daysLeft until it is full if it fills as it did over the last day; {@code null} if it does not fill, or nobody knows yet
     */
    public record Disk(long free, long total, Double daysLeft) { }

    /** The heap, in bytes. */
    public record Memory(long used, long committed, long max) { }

    /**
     * The queues together.
     *
     * @param waiting events
     * @param bytes   that their messages take up
     * @param oldest  since when the one waits that has waited longest; {@code null} if none does
     */
    public record Brokerage(int queues, long waiting, long bytes, Instant oldest) { }
}
