package org.intelmq.jms.artemis;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;

/**
 * @param directory of journal, paging and large messages
 * @param queueMemory bytes of one queue kept in memory before it pages to disk or, with {@code whenFull} BLOCK, blocks its senders
 * @param totalMemory the same for all queues together
 * @param whenFull PAGE or BLOCK
 * @param bufferNanos how long the journal collects writes before it syncs, in nanoseconds
 * @param largeFrom size in bytes from which a message is a file of its own
 * @param knownIds how many parcel ids each queue remembers
 */
record BrokerSettings(Path directory, long queueMemory, long totalMemory, AddressFullMessagePolicy whenFull, int bufferNanos,
                      int largeFrom, int knownIds) {

    private static final long MEBIBYTE = 1 << 20;

    /** From system properties {@code intelmq.broker.*}, which the launcher or the application server's administrator sets. */
    static BrokerSettings fromSystem() {
        long heap = Runtime.getRuntime().maxMemory();
        return new BrokerSettings(
                Path.of(System.getProperty("intelmq.broker.directory", "intelmq-broker")),
                number("queue-memory", Math.min(64 * MEBIBYTE, heap / 8)),
                number("total-memory", heap / 4),
                AddressFullMessagePolicy.valueOf(System.getProperty("intelmq.broker.when-full", "PAGE").toUpperCase(Locale.ROOT)),
                (int) number("journal-buffer-nanos", 100_000),
                (int) number("large-message-bytes", 2 * MEBIBYTE),
                (int) number("known-ids", 100_000));
    }

    private static long number(String name, long byDefault) {
        String text = System.getProperty("intelmq.broker." + name);
        if (text == null) {
            return byDefault;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("system property intelmq.broker." + name + " cannot be \"" + text + "\": expected a whole number", e);
        }
    }
}
