package org.intelmq.engine.wire;

import java.util.List;
import java.util.Map;

/** How many characters a value has: quickly, and more or less. */
final class MessageSize {

    /** Of a number or the like. */
    private static final int SCALAR = 8;

    private MessageSize() { }

    /** @param value not nested too deeply, see {@link Readability} */
    static long of(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Map<?, ?> map) {
            long size = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += ((String) entry.getKey()).length() + of(entry.getValue()) + SCALAR;
            }
            return size;
        }
        if (value instanceof List<?> list) {
            long size = 0;
            for (Object item : list) {
                size += of(item) + SCALAR;
            }
            return size;
        }
        return SCALAR;
    }
}
