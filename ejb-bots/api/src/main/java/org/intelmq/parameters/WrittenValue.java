package org.intelmq.parameters;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Text as typed, in the form that a configuration file has for it. */
final class WrittenValue {

    private static final long MILLIS = 1000;
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    private WrittenValue() { }

    /** @param text {@code null} for nothing */
    static Object of(Type type, String text) {
        if (text == null) {
            return null;
        }
        if (type == Object.class) {
            boolean isTruth = text.equals("true") || text.equals("false");
            return isTruth ? (Object) Boolean.valueOf(text) : WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        }
        Object value = ParameterValues.convert(type, text);
        boolean isOneWord = !(value instanceof Collection || value instanceof Map || value instanceof Number || value instanceof Boolean
                || value instanceof Duration);
        return isOneWord ? text : written(value);
    }

    private static Object written(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(WrittenValue::written).toList();
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> written = new LinkedHashMap<>();
            entries.forEach((key, entry) -> written.put(key.toString(), written(entry)));
            return written;
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() % MILLIS == 0 ? (Object) duration.toSeconds() : (Object) (duration.toMillis() / (double) MILLIS);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Number || value instanceof Boolean ? value
                : value instanceof Enum<?> ? ParameterValues.spelling(value) : value.toString();
    }
}
