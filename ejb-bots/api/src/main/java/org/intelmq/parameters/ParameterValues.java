package org.intelmq.parameters;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.encoding.CharacterSets;

/** The types that a parameter may have: what to type for each, and which value that becomes. */
final class ParameterValues {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)?");

    private ParameterValues() { }

    /** Whether an empty text is a meaningful value of the type. */
    static boolean hasEmptyText(Class<?> type) {
        return type == String.class || type == Object.class || type == boolean.class || type == Boolean.class || type == List.class
                || type == Set.class || type == Map.class;
    }

    static Object empty(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == double.class ? (Object) 0.0 : null;
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    static String describe(Type type) {
        Class<?> raw = raw(type);
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return "a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        if (raw == Duration.class) {
            return "a duration in seconds or such as 30s, 15m, 24h or 7d";
        }
        if (raw == List.class || raw == Set.class) {
            return "a list, or text separated by commas";
        }
        if (raw == Map.class) {
            return "a map of names to values";
        }
        if (raw == Path.class) {
            return "a file or folder";
        }
        if (raw == URI.class) {
            return "an address";
        }
        if (raw == ZoneId.class) {
            return "a time zone such as Europe/Vienna or +02:00";
        }
        if (raw == Charset.class) {
            return "a character set such as utf-8";
        }
        if (raw.isEnum()) {
            return "one of " + Arrays.stream(raw.getEnumConstants()).map(ParameterValues::spelling).toList();
        }
        return raw == Object.class ? "a value" : "text";
    }

    static String spelling(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the value, as read from YAML or typed as text, does not have this type */
    static Object convert(Type type, Object value) {
        Class<?> raw = raw(type);
        if (raw == Object.class) {
            return value instanceof List<?> items ? items.stream().map(ParameterValues::stripped).toList() : value;
        }
        if (value == null) {
            throw new IllegalArgumentException();
        }
        if (raw == List.class || raw == Set.class) {
            return collection(type, raw, value);
        }
        if (raw == Map.class) {
            if (value instanceof String text) {
                return map(text);
            }
            if (value instanceof Map<?, ?> map) {
                return Collections.unmodifiableMap(new LinkedHashMap<>(map));
            }
            throw new IllegalArgumentException();
        }
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException();
        }
        String text = value.toString().strip();
        if (raw == String.class) {
            return value.toString();
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return truth(text);
        }
        if (raw == int.class || raw == Integer.class) {
            return Integer.valueOf(text);
        }
        if (raw == long.class || raw == Long.class) {
            return Long.valueOf(text);
        }
        if (raw == double.class || raw == Double.class) {
            return Double.valueOf(text);
        }
        if (raw == Duration.class) {
            return duration(text);
        }
        if (raw == Path.class) {
            return Path.of(text);
        }
        if (raw == URI.class) {
            return URI.create(text);
        }
        if (raw == ZoneId.class) {
            return zone(text);
        }
        if (raw == Charset.class) {
            return CharacterSets.named(text);
        }
        if (raw.isEnum()) {
            for (Object constant : raw.getEnumConstants()) {
                if (spelling(constant).equals(text.toLowerCase(Locale.ROOT).replace('-', '_'))) {
                    return constant;
                }
            }
            throw new IllegalArgumentException();
        }
        throw new IllegalStateException("parameters of type " + raw.getName() + " are not supported");
    }

    /** {@code name: value, name: value} */
    private static Map<String, Object> map(String text) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            int colon = entry.indexOf(':');
            if (colon >= 0) {
                map.put(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
            } else if (!entry.isBlank()) {
                throw new IllegalArgumentException();
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object collection(Type type, Class<?> raw, Object value) {
        Type element = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
        List<Object> items = new ArrayList<>();
        if (value instanceof Iterable<?> given) {
            given.forEach(item -> items.add(convert(element, required(stripped(item)))));
        } else if (!(value instanceof Map)) {
            for (String part : value.toString().split(",")) {
                if (!part.isBlank()) {
                    items.add(convert(element, part.strip()));
                }
            }
        } else {
            throw new IllegalArgumentException();
        }
        return raw == Set.class ? Collections.unmodifiableSet(new LinkedHashSet<>(items)) : Collections.unmodifiableList(items);
    }

    /** Blanks around an item of a list are accidental, as in {@code a, b}: with them it would name nothing. */
    private static Object stripped(Object item) {
        return item instanceof String text ? text.strip() : item;
    }

    private static Object required(Object item) {
        if (item == null) {
            throw new IllegalArgumentException();
        }
        return item;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off", "" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        double amount = Double.parseDouble(matcher.group(1));
        double seconds = switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> amount / 1000;
            case "m" -> amount * 60;
            case "h" -> amount * 3600;
            case "d" -> amount * 86400;
            default -> amount;
        };
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
