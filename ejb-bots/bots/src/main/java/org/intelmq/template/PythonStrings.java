package org.intelmq.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jinjava.javax.el.MethodNotFoundException;

/** The methods of Python's strings: {@code msg['source.fqdn'].split('.')[0].upper()}. None of Java's are available. */
final class PythonStrings {

    private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

    private PythonStrings() { }

    static Object call(String text, String method, List<String> arguments) {
        String first = arguments.isEmpty() ? null : arguments.get(0);
        return switch (method) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1).toLowerCase(Locale.ROOT);
            case "strip" -> strip(text, first, true, true);
            case "lstrip" -> strip(text, first, true, false);
            case "rstrip" -> strip(text, first, false, true);
            case "startswith" -> text.startsWith(first);
            case "endswith" -> text.endsWith(first);
            case "find" -> (long) text.indexOf(first);
            case "rfind" -> (long) text.lastIndexOf(first);
            case "count" -> count(text, first);
            case "replace" -> replace(text, first, arguments);
            case "split" -> split(text, first, arguments);
            case "join" -> throw new MethodNotFoundException("use the filter join in place of the method of texts");
            case "splitlines" -> text.lines().toList();
            case "zfill" -> zeroFilled(text, Integer.parseInt(first));
            case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
            case "isalpha" -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetter);
            default -> throw new MethodNotFoundException("texts have no method " + method);
        };
    }

    private static String strip(String text, String characters, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && isIn(text.charAt(start), characters)) {
            start++;
        }
        while (right && end > start && isIn(text.charAt(end - 1), characters)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isIn(char character, String characters) {
        return characters == null ? Character.isWhitespace(character) : characters.indexOf(character) >= 0;
    }

    private static String zeroFilled(String text, int length) {
        TemplateBudget.requireLength(length);
        return "0".repeat(Math.max(0, length - text.length())) + text;
    }

    private static long count(String text, String part) {
        long count = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + Math.max(1, part.length()))) {
            count++;
        }
        return count;
    }

    private static String replace(String text, String part, List<String> arguments) {
        String by = arguments.get(1);
        int most = arguments.size() < 3 ? Integer.MAX_VALUE : Integer.parseInt(arguments.get(2));
        return replace(text, part, by, most < 0 ? Integer.MAX_VALUE : most);
    }

    /** As in Python: if the part to look for is empty, the replacement is put before each character and at the end. */
    static String replace(String text, String part, String by, int most) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        int at = text.indexOf(part);
        for (int done = 0; at >= 0 && done < most; done++) {
            result.append(text, from, at).append(by);
            TemplateBudget.requireLength(result.length());
            from = at + part.length();
            if (part.isEmpty()) {
                if (at == text.length()) {
                    return result.toString();
                }
                result.append(text.charAt(at));
                from = at + 1;
            }
            at = text.indexOf(part, from);
        }
        return result.append(text, from, text.length()).toString();
    }

    private static List<String> split(String text, String separator, List<String> arguments) {
        if (separator == null) {
            return text.isBlank() ? new ArrayList<>() : Arrays.asList(text.strip().split("\\s+"));
        }
        int most = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) + 1 : -1;
        return Arrays.asList(text.split(Pattern.quote(separator), most));
    }

    /** The character at an index, which may count from the end; {@code null} if there is none. */
    static String characterAt(String text, String property) {
        if (!INDEX.matcher(property).matches()) {
            return null;
        }
        int index = Integer.parseInt(property);
        int start = index < 0 ? text.length() + index : index;
        return start >= 0 && start < text.length() ? text.substring(start, start + 1) : null;
    }
}
