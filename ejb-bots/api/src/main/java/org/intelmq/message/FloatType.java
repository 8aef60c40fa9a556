package org.intelmq.message;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.intelmq.text.python.FloatText;

/** Numbers; cleaning accepts what Python's {@code float()} accepts, except infinities and NaN. {@code Accuracy} is a number between 0 and 100. */
record FloatType(String name, boolean percent) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (percent && value instanceof Boolean truth) {
            return truth ? 100.0 : 0.0;
        }
        Double number = number(value);
        return number == null || !Double.isFinite(number) || percent && !isPercent(number) ? null : number;
    }

    @Override
    public boolean isValid(Object value) {
        if (value instanceof Boolean) {
            return percent;
        }
        if (value instanceof Long || value instanceof Double || value instanceof BigInteger) {
            double number = ((Number) value).doubleValue();
            return percent ? isPercent(number) : !(value instanceof Double) || Double.isFinite(number);
        }
        return false;
    }

    private static boolean isPercent(double number) {
        return number >= 0 && number <= 100;
    }

    /**
     * @return {@code null} if it is not a number
     * @throws ArithmeticException for an integer too large for a floating-point number
     */
    static Double number(Object value) {
        if (value instanceof String text) {
            return FloatText.parseOrNull(text);
        }
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Long whole) {
            return whole.doubleValue();
        }
        if (value instanceof BigInteger big) {
            double number = big.doubleValue();
            if (Double.isInfinite(number)) {
                throw new ArithmeticException("a whole number of " + big.bitLength() + " bits is too large");
            }
            return number;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        return value instanceof byte[] bytes ? FloatText.parseOrNull(new String(bytes, StandardCharsets.ISO_8859_1)) : null;
    }
}
