package org.intelmq.administration.configuration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a draft.
 *
 * @param op        {@code set}, {@code unset}, {@code enable}, {@code disable}, {@code add}, {@code duplicate}, {@code rename},
 *                  {@code remove}, {@code connect} or {@code disconnect}
 * @param bot       id, or {@code global} for {@code set} and {@code unset}
 * @param parameter for {@code set} and {@code unset}, or {@code key}
 * @param key       of the bot's section, such as {@code run_mode}
 * @param value     for {@code set}; for {@code add} the section: {@code module}, and what else is to be said
 * @param to        the new id for {@code rename} and {@code duplicate}; the next bot for {@code connect} and {@code disconnect}
 * @param queue     instead of {@code to}, where no bot reads it
 * @param path      of a connection; {@code null} for {@code _default}
 */
public record Edit(String op, String bot, String parameter, String key, Object value, String to, String queue, String path) {

    private static final int MOST_DIGITS = 1000;

    public Edit {
        value = plain(value);
    }

    private static Object number(BigDecimal number) {
        boolean isWhole = number.stripTrailingZeros().scale() <= 0;
        long digits = (long) number.precision() - number.scale();
        if (!isWhole || digits > MOST_DIGITS) {
            // of 1e999999999, infinite, which configurations refuse
            return number.doubleValue();
        }
        return digits < 19 ? (Object) number.longValueExact() : number.toBigInteger();
    }

    /** Numbers as YAML and our JSON have them. */
    public static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> copy.put(String.valueOf(name), plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(Edit::plain).toList());
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        return value instanceof Integer || value instanceof Short ? (Object) ((Number) value).longValue()
                : value instanceof BigInteger whole && whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : value;
    }
}
