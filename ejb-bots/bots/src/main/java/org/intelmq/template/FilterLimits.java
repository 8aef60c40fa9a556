package org.intelmq.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The filters that exist, which are Jinja's. Calls whose result would be out of proportion to the input are refused in advance. */
final class FilterLimits {

    static final Set<String> ALLOWED = Set.of("abs", "attr", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e",
            "escape", "filesizeformat", "first", "float", "forceescape", "format", "groupby", "indent", "int", "join", "last", "length",
            "list", "lower", "map", "max", "min", "pprint", "random", "reject", "rejectattr", "replace", "reverse", "round", "safe",
            "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate", "unique",
            "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr");

    private static final Set<String> WITH_LENGTHS = Set.of("batch", "center", "format", "slice", "truncate", "wordwrap");
    /** These repeat an argument in the text, or search for patterns with more than linear effort. */
    private static final Set<String> FOR_SHORT_TEXTS = Set.of("urlize", "wordwrap", "xmlattr");
    private static final int SHORT = 10_000;
    private static final int LONGEST_FILLING = 100;
    private static final Pattern LENGTH = Pattern.compile("\\d+");
    private static final int DIGITS_OF_A_LENGTH = 6;

    private FilterLimits() { }

    /** @param arguments the value, the interpreter, the positional arguments, and those by name */
    static Object call(Filter filter, Object[] arguments) {
        Object value = arguments[0];
        Object[] inOrder = (Object[]) arguments[2];
        @SuppressWarnings("unchecked")
        Map<String, Object> byName = (Map<String, Object>) arguments[3];
        Object[] all = Stream.concat(Arrays.stream(inOrder), byName.values().stream()).toArray();
        if (WITH_LENGTHS.contains(filter.getName())) {
            Arrays.stream(all).forEach(FilterLimits::requireLength);
        }
        if (FOR_SHORT_TEXTS.contains(filter.getName())) {
            requireShort(value, SHORT);
            Arrays.stream(all).forEach(argument -> requireShort(argument, LONGEST_FILLING));
        }
        switch (filter.getName()) {
            case "format" -> requireShortResult(String.valueOf(value), all);
            case "indent" -> TemplateBudget.requireLength(String.valueOf(value).lines().count()
                    * Math.min(Integer.MAX_VALUE, length(all.length > 0 ? all[0] : 4)));
            default -> { }
        }
        return filter.filter(value, (JinjavaInterpreter) arguments[1], inOrder, byName);
    }

    private static void requireLength(Object argument) {
        TemplateBudget.requireLength(length(argument));
    }

    /** The number that an argument stands for; 0 if it is not a number. */
    private static long length(Object argument) {
        String text = String.valueOf(argument);
        return argument instanceof Number number ? Math.abs(number.longValue())
                : !LENGTH.matcher(text).matches() ? 0 : text.length() > DIGITS_OF_A_LENGTH ? Integer.MAX_VALUE : Long.parseLong(text);
    }

    private static void requireShort(Object text, int most) {
        if (text instanceof CharSequence || text instanceof Map) {
            int length = text.toString().length();
            if (length > most) {
                throw new IllegalArgumentException("a text of " + length + " characters, expected at most " + most);
            }
        }
    }

    /** Each placeholder takes at most the longest of the arguments, or its own width. */
    private static void requireShortResult(String format, Object[] arguments) {
        int longest = Arrays.stream(arguments).mapToInt(argument -> String.valueOf(argument).length()).max().orElse(0);
        long places = format.chars().filter(character -> character == '%').count();
        long length = format.length() + places * longest;
        Matcher lengths = LENGTH.matcher(format);
        while (lengths.find()) {
            TemplateBudget.requireLength(lengths.group().length() > DIGITS_OF_A_LENGTH ? Long.MAX_VALUE : 0);
            length += Long.parseLong(lengths.group());
        }
        TemplateBudget.requireLength(length);
    }
}
