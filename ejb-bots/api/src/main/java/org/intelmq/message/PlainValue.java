package org.intelmq.message;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import org.intelmq.text.python.IntegerText;

/** Values in the few classes that messages know, and equality as in Python: 1, 1.0 and true are the same. */
public final class PlainValue {

    private PlainValue() { }

    /** Java's other number types as {@code Long} and {@code Double}; everything else unchanged. */
    public static Object of(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return Double.valueOf(number.toString());
        }
        return value instanceof BigInteger big ? IntegerText.normalized(big) : value;
    }

    static boolean isAmong(Object value, Collection<?> others) {
        for (Object other : others) {
            if (equal(value, of(other))) {
                return true;
            }
        }
        return false;
    }

    public static boolean equal(Object left, Object right) {
        BigDecimal leftNumber = number(left);
        BigDecimal rightNumber = number(right);
        if (leftNumber != null && rightNumber != null) {
            return leftNumber.compareTo(rightNumber) == 0;
        }
        return left == null ? right == null : left.equals(right);
    }

    private static BigDecimal number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return value instanceof Double number && Double.isFinite(number) ? new BigDecimal(number) : null;
    }
}
