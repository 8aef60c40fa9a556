package org.intelmq.bots.experts.jinja;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.MethodNotFoundException;

/** What templates do with texts as with those of Python: {@code msg['source.fqdn'].split('.')[0].upper()}. Nothing of Java's is left. */
final class PythonStrings extends ELResolver {

    private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

    private PythonStrings() { }

    static ELResolver resolver() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new PythonStrings());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        return resolver;
    }

    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        if (!(base instanceof String text)) {
            return null;
        }
        context.setPropertyResolved(true);
        return call(text, method.toString(), Arrays.stream(arguments).map(String::valueOf).toList());
    }

    private static Object call(String text, String method, List<String> arguments) {
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
            case "zfill" -> "0".repeat(Math.max(0, Integer.parseInt(first) - text.length())) + text;
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

    private static long count(String text, String part) {
        long count = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + Math.max(1, part.length()))) {
            count++;
        }
        return count;
    }

    private static String replace(String text, String part, List<String> arguments) {
        String result = text;
        if (arguments.size() < 3) {
            return result.replace(part, arguments.get(1));
        }
        int from = 0;
        for (int left = Integer.parseInt(arguments.get(2)); left > 0 && result.indexOf(part, from) >= 0; left--) {
            int at = result.indexOf(part, from);
            result = result.substring(0, at) + arguments.get(1) + result.substring(at + part.length());
            from = at + arguments.get(1).length();
        }
        return result;
    }

    private static List<String> split(String text, String separator, List<String> arguments) {
        if (separator == null) {
            return text.isBlank() ? new ArrayList<>() : Arrays.asList(text.strip().split("\\s+"));
        }
        int most = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) + 1 : -1;
        return Arrays.asList(text.split(Pattern.quote(separator), most));
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        if (!(base instanceof String text) || !INDEX.matcher(property.toString()).matches()) {
            return null;
        }
        context.setPropertyResolved(true);
        int index = Integer.parseInt(property.toString());
        int start = index < 0 ? text.length() + index : index;
        return start >= 0 && start < text.length() ? text.substring(start, start + 1) : null;
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) { }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return null;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return null;
    }
}
