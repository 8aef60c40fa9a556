package org.intelmq.text.time;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.intelmq.text.python.AsciiDigits;
import org.intelmq.text.python.IntegerText;

/** The numbers in a text that tells a time. */
final class TimeNumbers {

    /** In digits; reading numbers takes quadratic time. */
    private static final int LONGEST_NUMBER = 4300;

    private TimeNumbers() { }

    static BigDecimal decimal(String token) {
        if (token.length() > LONGEST_NUMBER) {
            throw new UnreadableTime("a number of " + token.length() + " characters");
        }
        String ascii = AsciiDigits.of(token);
        try {
            return new BigDecimal(ascii == null ? "" : ascii);
        } catch (NumberFormatException e) {
            throw new UnreadableTime("no number: \"" + token + '"');
        }
    }

    /** Numbers too large for any date are capped: they are out of range either way. */
    static int whole(String digits) {
        return clamped(IntegerText.parse(digits));
    }

    private static int clamped(Number value) {
        return value instanceof BigInteger || value.longValue() > Integer.MAX_VALUE ? Integer.MAX_VALUE : value.intValue();
    }

    static int clamped(BigInteger value) {
        return value.bitLength() >= Integer.SIZE ? Integer.MAX_VALUE : value.intValue();
    }
}
