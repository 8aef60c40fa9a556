package org.intelmq.bots.collectors.kafka;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.intelmq.bot.ReportSize;

/**
 * Passes on the values of records until they are too many for the memory: a small packed batch may hold hundreds of large ones. Kafka then hands over
 * those before, and comes with the same record the next time. For one thread.
 */
final class BoundedValues implements Deserializer<byte[]> {

    private final long most;
    private long bytes;

    /** @param most bytes at once, unless a single one is larger */
    BoundedValues(long most) {
        this.most = most;
    }

    /** What was passed on before is no longer needed. */
    void startAgain() {
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public byte[] deserialize(String topic, byte[] value) {
        int length = value == null ? 0 : value.length;
        if (length > ReportSize.MOST) {
            throw new SerializationException("it has " + length + " bytes, more than the " + ReportSize.MOST
                    + " that can be read whole: let the sender split it, or give the server more memory (INTELMQ_HEAP)");
        }
        if (bytes > 0 && bytes + length > most) {
            throw new SerializationException("there is room for it the next time");
        }
        bytes += length;
        return value;
    }
}
