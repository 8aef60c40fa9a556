package org.intelmq.engine.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.UnsendableException;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.message.MessageLimits;
import org.intelmq.text.python.IntegerText;

/**
 * Checks whether the next bot can read a message, and that it is not too large. This is done when the message is sent, so that it fails alone
 * and not with its neighbours.
 */
public final class Readability {

    /** The greatest depth: less than a message may have when it is read, and more than a feed's value may have. */
    static final int DEEPEST = 990;

    /** Always the same object, so that the message's own rules recognise it. */
    private static final Field TYPE = Field.of("__type");
    private static final double DIGITS_PER_BIT = Math.log10(2);

    private Readability() { }

    /**
     * Returns the number of characters in the message.
     *
     * @throws UnsendableException naming the field that the next bot would refuse, or that makes the message too large
     */
    public static long check(Message message) {
        long total = 0;
        long whole = 0;
        int largest = 0;
        long ofLargest = 0;
        for (int i = 0; i < message.size(); i++) {
            Field field = message.fieldAt(i);
            Object value = message.valueAt(i);
            String problem = problem(value, 0);
            if (problem == null && field == TYPE) {
                problem = "it is not a field, but the type of a message";
            }
            long size = problem == null ? MessageSize.of(value) : 0;
            if (size > MessageLimits.LONGEST_VALUE && !MessageLimits.isWhole(field)) {
                problem = MessageLimits.tooLong(size, MessageLimits.LONGEST_VALUE);
            }
            if (problem != null) {
                throw new UnsendableException("field " + MessageLimits.shown(field) + " cannot be sent: " + problem);
            }
            total += size + field.name().length();
            if (MessageLimits.isWhole(field)) {
                whole += size;
            } else if (size > ofLargest) {
                largest = i;
                ofLargest = size;
            }
        }
        if (total - whole > MessageLimits.LARGEST) {
            throw new UnsendableException("the message cannot be sent: its " + message.size() + " fields have " + MessageLimits.tooLong(total - whole,
                    MessageLimits.LARGEST) + " without raw and output; the largest is " + message.fieldAt(largest).name() + " with " + ofLargest);
        }
        return total;
    }

    /** Removes the fields that the next bot would refuse, so that the rest can be kept and tried again; returns their names. */
    public static List<String> mend(Message message) {
        List<String> refused = new ArrayList<>(0);
        for (int i = message.size() - 1; i >= 0; i--) {
            Field field = message.fieldAt(i);
            if (problem(message.valueAt(i), 0) != null || field == TYPE) {
                refused.add(field.name());
                message.remove(field);
            }
        }
        return refused;
    }

    private static String problem(Object value, int depth) {
        // the usual ones first, because finding out whether something is a map or a list takes longer
        if (value == null || value instanceof String || value instanceof Long || value instanceof Boolean) {
            return null;
        }
        if (value instanceof Double number) {
            return number.isInfinite() ? "an infinite number, or one too large to be read, cannot be written" : null;
        }
        if (value instanceof Map<?, ?> map) {
            return problemOf(map, depth + 1);
        }
        if (value instanceof List<?> list) {
            return problemOf(list, depth + 1);
        }
        if (value instanceof BigInteger number) {
            int digits = (int) ((number.bitLength() - 1) * DIGITS_PER_BIT) + 1;
            return IntegerText.isTooLong(digits) ? "a number of at least " + digits + " digits is too long" : null;
        }
        boolean plain = value instanceof Integer || value instanceof Float || value instanceof Short || value instanceof Byte;
        return plain ? null : "a " + value.getClass().getSimpleName() + " cannot be a value in a message";
    }

    private static String problemOf(Map<?, ?> map, int depth) {
        if (depth > DEEPEST) {
            return tooDeep();
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String problem = entry.getKey() instanceof String ? problem(entry.getValue(), depth)
                    : "the key " + entry.getKey() + " in it is not text";
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static String problemOf(List<?> list, int depth) {
        if (depth > DEEPEST) {
            return tooDeep();
        }
        for (Object item : list) {
            String problem = problem(item, depth);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static String tooDeep() {
        return "it is nested more than " + DEEPEST + " levels deep";
    }
}
