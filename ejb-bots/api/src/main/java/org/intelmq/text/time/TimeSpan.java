package org.intelmq.text.time;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A number of seconds, formatted for people, such as {@code 1d 2h 3m 4s}. */
public final class TimeSpan {

    private static final int[] UNIT_SIZES = {60, 60, 24};
    private static final String UNITS = "smhd";

    private TimeSpan() { }

    /**
     * Units that are zero are left out, so zero seconds become an empty text.
     *
     * @param precision digits after the point
     */
    public static String format(double seconds, int precision) {
        double[] amounts = {Math.abs(seconds), 0, 0, 0};
        for (int unit = 0; unit < UNIT_SIZES.length && amounts[unit] > UNIT_SIZES[unit] - 1; unit++) {
            amounts[unit + 1] = Math.floor(amounts[unit] / UNIT_SIZES[unit]);
            amounts[unit] %= UNIT_SIZES[unit];
        }
        StringBuilder text = new StringBuilder();
        for (int unit = UNITS.length() - 1; unit >= 0; unit--) {
            if (amounts[unit] != 0) {
                BigDecimal amount = new BigDecimal(Math.copySign(amounts[unit], seconds)).setScale(precision, RoundingMode.HALF_EVEN);
                text.append(text.length() == 0 ? "" : " ").append(amount.toPlainString()).append(UNITS.charAt(unit));
            }
        }
        return text.toString();
    }
}
