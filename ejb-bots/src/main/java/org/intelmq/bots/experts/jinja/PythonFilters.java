package org.intelmq.bots.experts.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
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
import java.util.List;
import java.util.function.BiFunction;
import org.intelmq.message.Json;
import org.intelmq.text.PythonText;

/** Filters and output where the template engine does not write as Jinja does: {@code True}, {@code ['a', 'b']}, {@code &#34;}. */
final class PythonFilters {

    static final List<Filter> ALL = List.of(
            new Named("e", (value, arguments) -> escape(text(value))),
            new Named("escape", (value, arguments) -> escape(text(value))),
            new Named("string", (value, arguments) -> text(value)),
            new Named("tojson", (value, arguments) -> Json.write(value).replace("<", "\\u003c").replace(">", "\\u003e")
                    .replace("&", "\\u0026").replace("'", "\\u0027")),
            new Named("urlencode", (value, arguments) -> URLEncoder.encode(text(value), StandardCharsets.UTF_8)
                    .replace("+", "%20").replace("*", "%2A").replace("%2F", "/").replace("%7E", "~")),
            new Named("list", (value, arguments) -> items(value)),
            new Named("max", (value, arguments) -> items(value).stream().max(PythonFilters::compare).orElse(null)),
            new Named("min", (value, arguments) -> items(value).stream().min(PythonFilters::compare).orElse(null)),
            new Named("round", (value, arguments) -> round(value, arguments)),
            new Named("truncate", (value, arguments) -> truncate(text(value), arguments)));

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

    /** The value of {@code {{ expression }}} as text. */
    static RenderedOutputNode output(ExpressionToken token, JinjavaInterpreter interpreter) {
        return new RenderedOutputNode(text(interpreter.resolveELExpression(token.getExpr(), token.getLineNumber())));
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Collection || value instanceof Object[] ? PythonText.str(items(value)) : PythonText.str(value);
    }

    private static List<Object> items(Object value) {
        if (value instanceof Collection<?> items) {
            return new ArrayList<>(items);
        }
        if (value instanceof Object[] items) {
            return Arrays.asList(items);
        }
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
        RoundingMode mode = switch (arguments.length > 1 ? arguments[1] : "common") {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_EVEN;
        };
        return new BigDecimal(((Number) value).doubleValue()).setScale(places, mode).doubleValue();
    }

    /** Up to five characters more than asked for are left as they are. */
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
