package org.intelmq.message;

import java.util.function.Function;

/**
 * Caches results that are the same for all messages with the same fields in the same order, such as those of one feed. It keeps a limited
 * number, and a new one may replace another. Not thread-safe.
 */
public final class LayoutCache<T> {

    private static final int PLACES = 256;

    private final Function<Message, T> worker;
    private final Entry<?>[] entries = new Entry<?>[PLACES];

    private record Entry<T>(Field[] fields, T layout) {

        boolean fits(Message message) {
            if (message.size() != fields.length) {
                return false;
            }
            for (int i = 0; i < fields.length; i++) {
                if (message.fieldAt(i) != fields[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param worker may depend on the message's fields, but not on their values */
    public LayoutCache(Function<Message, T> worker) {
        this.worker = worker;
    }

    public T of(Message message) {
        int hash = 1;
        for (int i = 0; i < message.size(); i++) {
            hash = 31 * hash + message.fieldAt(i).hashCode();
        }
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        @SuppressWarnings("unchecked")
        Entry<T> entry = (Entry<T>) entries[place];
        if (entry == null || !entry.fits(message)) {
            entry = new Entry<>(fields(message), worker.apply(message));
            entries[place] = entry;
        }
        return entry.layout();
    }

    private static Field[] fields(Message message) {
        Field[] fields = new Field[message.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = message.fieldAt(i);
        }
        return fields;
    }
}
