package org.intelmq.text.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text with replacement fields such as {@code {msg[source.ip]:>20}}, filled as by Python's {@code str.format}. Compiled once. A template has
 * access to nothing but the values it is given: asking for an attribute throws {@link NoAttribute}. Immutable, thread-safe.
 */
public final class FormatTemplate {

    private static final int DEEPEST = 2;

    /** Finds the values that a template names. {@code null} is a value; throws if the name does not exist. */
    @FunctionalInterface
    public interface Names {
        Object named(String name);
    }

    private static final int LONGEST = 32_000_000;
    private static final int LONGEST_SHOWN = 1000;

    /** A value that a template may index: {@code name[key]}, with a {@code Long} for digits and otherwise a {@code String}. */
    @FunctionalInterface
    public interface Indexed {
        Object item(Object key);
    }

    /** A template asks for an attribute, but values have none. */
    public static final class NoAttribute extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NoAttribute(String name) {
            super("template: ." + name + " asks for an attribute; only [keys] can be looked up");
        }
    }

    private record Attribute(String name) { }

    private sealed interface Part permits Literal, Replacement { }

    private record Literal(String text) implements Part { }

    private record Replacement(String name, List<Object> keys, char conversion, FormatTemplate specification) implements Part { }

    private final List<Part> parts;

    private FormatTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException saying what is wrong with the template */
    public static FormatTemplate compile(String text) {
        return new Compiler(text, DEEPEST).compile();
    }

    /** Fills in the names. Throws if one does not exist, or if its value does not fit the format asked for. */
    public String fill(Names names) {
        if (parts.size() == 1 && parts.get(0) instanceof Literal literal) {
            return literal.text();
        }
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            String text = part instanceof Literal literal ? literal.text() : replaced((Replacement) part, names);
            if (out.length() + (long) text.length() > LONGEST) {
                throw new IllegalArgumentException("template: what is filled in makes a text of more than " + LONGEST + " characters");
            }
            out.append(text);
        }
        return out.toString();
    }

    private static String replaced(Replacement field, Names names) {
        Object value = names.named(field.name());
        for (Object key : field.keys()) {
            value = item(value, key);
        }
        value = switch (field.conversion()) {
            case 'r' -> PythonText.repr(value);
            case 's' -> PythonText.str(value);
            case 'a' -> ascii(PythonText.repr(value));
            default -> value;
        };
        return field.specification() == null ? PythonText.str(value)
                : FormatSpecification.format(value, field.specification().fill(names));
    }

    private static Object item(Object value, Object key) {
        if (key instanceof Attribute attribute) {
            throw new NoAttribute(attribute.name());
        }
        if (value instanceof Indexed indexed) {
            return indexed.item(key);
        }
        if (value instanceof Map<?, ?> map && map.containsKey(key)) {
            return map.get(key);
        }
        if (value instanceof List<?> list && key instanceof Long index && index < list.size()) {
            return list.get(index.intValue());
        }
        if (value instanceof String text && key instanceof Long index && index < text.codePointCount(0, text.length())) {
            return Character.toString(text.codePointAt(text.offsetByCodePoints(0, index.intValue())));
        }
        String shown = value instanceof String text ? text.substring(0, Math.min(text.length(), LONGEST_SHOWN)) : null;
        throw new IllegalArgumentException("template: no item " + PythonText.repr(key) + " in " + PythonText.repr(shown != null ? shown : value));
    }

    private static String ascii(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point < 128) {
                out.append((char) point);
            } else {
                out.append(point < 256 ? "\\x%02x".formatted(point) : point < 65536 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
            }
        });
        return out.toString();
    }

    private static final class Compiler {

        private final String text;
        private final int depth;
        private final List<Part> parts = new ArrayList<>();
        private int at;

        Compiler(String text, int depth) {
            this.text = text;
            this.depth = depth;
            if (depth == 0) {
                throw new IllegalArgumentException("template: Max string recursion exceeded");
            }
        }

        FormatTemplate compile() {
            StringBuilder literal = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                boolean doubled = at < text.length() && text.charAt(at) == c;
                if (c != '{' && c != '}') {
                    literal.append(c);
                } else if (doubled) {
                    literal.append(c);
                    at++;
                } else if (c == '}' || at == text.length()) {
                    throw new IllegalArgumentException("template: single '" + c + "' in \"" + text + '"');
                } else {
                    flush(literal);
                    parts.add(replacement());
                }
            }
            flush(literal);
            return new FormatTemplate(parts.isEmpty() ? List.of(new Literal("")) : List.copyOf(parts));
        }

        private void flush(StringBuilder literal) {
            if (literal.length() > 0) {
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        private Replacement replacement() {
            int start = at;
            char end = 0;
            while (at < text.length() && end == 0) {
                char c = text.charAt(at++);
                switch (c) {
                    case '{' -> throw new IllegalArgumentException("template: unexpected '{' in the name of a field of \"" + text + '"');
                    case '[' -> at = Math.max(at, text.indexOf(']', at) < 0 ? text.length() : text.indexOf(']', at));
                    case '}', ':', '!' -> end = c;
                    default -> { }
                }
            }
            if (end == 0) {
                throw new IllegalArgumentException("template: '}' is missing in \"" + text + '"');
            }
            String name = text.substring(start, at - 1);
            char conversion = 0;
            if (end == '!') {
                conversion = at < text.length() ? text.charAt(at++) : 0;
                end = at < text.length() ? text.charAt(at++) : 0;
                if ("rsa".indexOf(conversion) < 0 || end != '}' && end != ':') {
                    throw new IllegalArgumentException("template: expected !r, !s or !a in \"" + text + '"');
                }
            }
            FormatTemplate specification = end == ':' ? specification() : null;
            return named(name, conversion, specification);
        }

        private FormatTemplate specification() {
            int start = at;
            for (int open = 1; at < text.length(); ) {
                char c = text.charAt(at++);
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (open == 0) {
                    String inner = text.substring(start, at - 1);
                    return inner.isEmpty() ? null : inner.indexOf('{') < 0 ? new FormatTemplate(List.of(new Literal(inner)))
                            : new Compiler(inner, depth - 1).compile();
                }
            }
            throw new IllegalArgumentException("template: '}' is missing in \"" + text + '"');
        }

        private Replacement named(String path, char conversion, FormatTemplate specification) {
            int end = 0;
            while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                end++;
            }
            String name = path.substring(0, end);
            List<Object> keys = new ArrayList<>();
            while (end < path.length()) {
                if (path.charAt(end) == '.') {
                    int start = end + 1;
                    end = start;
                    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                        end++;
                    }
                    keys.add(new Attribute(path.substring(start, end)));
                    continue;
                }
                if (path.charAt(end) != '[') {
                    throw new IllegalArgumentException("template: only . or [ may follow ] in {" + path + '}');
                }
                int close = path.indexOf(']', end);
                if (close <= end + 1) {
                    throw new IllegalArgumentException("template: {" + path + "} has an empty or open [key]");
                }
                keys.add(key(path.substring(end + 1, close)));
                end = close + 1;
            }
            return new Replacement(name, List.copyOf(keys), conversion, specification);
        }

        private static Object key(String text) {
            boolean digits = text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? (Object) Long.valueOf(text) : text;
        }
    }
}
