package org.intelmq.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Values that JSON cannot express are recorded as an object with a single key that begins with {@code $}. */
public final class Markers {

    /** Bytes in a recording. */
    public record Bytes(byte[] content) { }

    /** Something that was neither text nor number nor a JSON structure. */
    public record Opaque(Object description) { }

    private Markers() { }

    /** Replaces markers with what they stand for and, in texts, {@code placeholder} with {@code text}. */
    public static Object resolve(Object value, String placeholder, String text) {
        if (value instanceof Map<?, ?> map) {
            if (map.size() == 1 && map.keySet().iterator().next() instanceof String key && key.startsWith("$")) {
                return marked(key, map.get(key), map);
            }
            Map<String, Object> resolved = new LinkedHashMap<>();
            map.forEach((name, item) -> resolved.put(name.toString(), resolve(item, placeholder, text)));
            return resolved;
        }
        if (value instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>(list.size());
            list.forEach(item -> resolved.add(resolve(item, placeholder, text)));
            return resolved;
        }
        return value instanceof String string ? string.replace(placeholder, text) : value;
    }

    private static Object marked(String key, Object content, Object whole) {
        return switch (key) {
            case "$gz" -> gunzip(Base64.getDecoder().decode((String) content));
            case "$b64" -> new Bytes(Base64.getDecoder().decode((String) content));
            case "$float" -> number((String) content);
            case "$surrogates" -> utf16((String) content);
            case "$py" -> new Opaque(content);
            default -> whole;
        };
    }

    private static Double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private static String utf16(String hex) {
        StringBuilder text = new StringBuilder(hex.length() / 4);
        for (int i = 0; i + 4 <= hex.length(); i += 4) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
        }
        return text.toString();
    }

    private static String gunzip(byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
