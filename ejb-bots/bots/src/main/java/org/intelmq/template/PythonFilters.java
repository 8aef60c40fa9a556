package org.intelmq.template;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.NullValue;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.intelmq.message.Json;
import org.intelmq.text.python.PythonText;
import org.jsoup.parser.Parser;

/** Filters and output where the template engine does not write what Jinja does: {@code True}, {@code ['a', 'b']}, {@literal &}#34;. */
final class PythonFilters {

    static final List<Filter> ALL = List.of(
            new Named("e", (value, arguments) -> escape(text(value))),
            new Named("escape", (value, arguments) -> escape(text(value))),
            new Named("string", (value, arguments) -> text(value)),
            new Named("tojson", (value, arguments) -> Json.write(plain(value)).replace("<", "\\u003c").replace(">", "\\u003e")
                    .replace("&", "\\u0026").replace("'", "\\u0027")),
            new Named("urlencode", (value, arguments) -> URLEncoder.encode(text(value), StandardCharsets.UTF_8)
                    .replace("+", "%20").replace("*", "%2A").replace("%2F", "/").replace("%7E", "~")),
            new Named("list", (value, arguments) -> items(value)),
            new Named("max", (value, arguments) -> items(value).stream().max(PythonFilters::compare).orElse(null)),
            new Named("min", (value, arguments) -> items(value).stream().min(PythonFilters::compare).orElse(null)),
            new Named("pprint", (value, arguments) -> PythonText.repr(plain(value))),
            new Named("replace", (value, arguments) -> PythonStrings.replace(text(value), arguments[0], arguments[1],
                    arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE)),
            new Named("striptags", (value, arguments) -> withoutTags(text(value))),
            new Sum(),
            new Named("round", (value, arguments) -> round(value, arguments)),
            new Named("truncate", (value, arguments) -> truncate(text(value), arguments)));

    private static final int MOST_PLACES = 340;

    private PythonFilters() { }

    private record Named(String name, BiFunction<Object, String[], Object> function) implements Filter {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
            return function.apply(value, arguments);
        }
    }

    /** Sums the {@code attribute} of each part, beginning with {@code start}; whole numbers stay whole. */
    private record Sum() implements Filter {

        @Override
        public String getName() {
            return "sum";
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> byName) {
            Object attribute = arguments.length > 0 ? arguments[0] : byName.get("attribute");
            List<Object> numbers = new ArrayList<>(items(value));
            if (attribute != null) {
                numbers.replaceAll(part -> part instanceof Map<?, ?> map ? map.get(attribute.toString()) : null);
            }
            numbers.add(arguments.length > 1 ? arguments[1] : byName.getOrDefault("start", 0L));
            if (numbers.stream().allMatch(number -> number instanceof Long || number instanceof Integer)) {
                return numbers.stream().mapToLong(number -> ((Number) number).longValue()).reduce(0, Math::addExact);
            }
            return numbers.stream().mapToDouble(number -> Double.parseDouble(String.valueOf(number))).sum();
        }

        @Override
        public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
            return filter(value, interpreter, arguments, Map.of());
        }
    }

    /** The value of {@code {{ expression }}} as text. */
    static RenderedOutputNode output(ExpressionToken token, JinjavaInterpreter interpreter) {
        try {
            return new RenderedOutputNode(text(interpreter.resolveELExpression(token.getExpr(), token.getLineNumber())));
        } catch (IllegalArgumentException e) {
            throw new InterpretException("line " + token.getLineNumber() + ": " + e.getMessage(), e);
        }
    }

    private static String text(Object value) {
        return value == null ? "" : PythonText.str(plain(value));
    }

    /** Lists, dictionaries, texts, numbers and booleans; nothing else is written. */
    private static Object plain(Object value) {
        if (value instanceof Collection || value instanceof Object[]) {
            List<Object> parts = items(value);
            parts.replaceAll(PythonFilters::plain);
            return parts;
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return plain(Arrays.asList(entry.getKey(), entry.getValue()));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> parts = new LinkedHashMap<>();
            map.forEach((key, part) -> parts.put(key, plain(part)));
            return parts;
        }
        if (value instanceof SafeString || value instanceof NullValue) {
            return value instanceof NullValue ? null : value.toString();
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a template writes texts, numbers, lists and dictionaries, not a " + value.getClass().getSimpleName());
    }

    private static String withoutTags(String text) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        int start = text.indexOf('<');
        while (start >= 0) {
            String end = text.startsWith("<!--", start) ? "-->" : ">";
            int tagEnd = text.indexOf(end, start);
            if (tagEnd < 0) {
                break;
            }
            kept.append(text, from, start);
            from = tagEnd + end.length();
            start = text.indexOf('<', from);
        }
        return Parser.unescapeEntities(String.join(" ", kept.append(text, from, text.length()).toString().strip().split("\\s+")), false);
    }

    private static List<Object> items(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof Collection<?> items) {
            return new ArrayList<>(items);
        }
        if (value instanceof Object[] items) {
            return new ArrayList<>(Arrays.asList(items));
        }
        TemplateBudget.requireLength(String.valueOf(value).length());
        return new ArrayList<>(String.valueOf(value).codePoints().mapToObj(Character::toString).toList());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace("\"", "&#34;");
    }

    private static int compare(Object left, Object right) {
        return left instanceof Number && right instanceof Number
                ? new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()))
                : Comparator.<String>naturalOrder().compare(text(left), text(right));
    }

    private static double round(Object value, String[] arguments) {
        int places = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        if (Math.abs((long) places) > MOST_PLACES) {
            // no number has as many
            return ((Number) value).doubleValue();
        }
        RoundingMode mode = switch (arguments.length > 1 ? arguments[1] : "common") {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        return new BigDecimal(((Number) value).doubleValue()).setScale(places, mode).doubleValue();
    }

    /** A text may be up to five characters longer than requested before it is cut. */
    private static String truncate(String text, String[] arguments) {
        int length = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 255;
        boolean withinWords = arguments.length > 1 && arguments[1].equalsIgnoreCase("true");
        String end = arguments.length > 2 ? arguments[2] : "...";
        int leeway = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        if (text.length() <= length + leeway) {
            return text;
        }
        String kept = text.substring(0, Math.max(0, length - end.length()));
        int lastBlank = kept.lastIndexOf(' ');
        return (withinWords || lastBlank < 0 ? kept : kept.substring(0, lastBlank)) + end;
    }
}
