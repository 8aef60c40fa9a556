package org.intelmq.parameters;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.text.encoding.CharacterSets;

/**
 * The parameters that a record declares: read by reflection, once. Fills records from the values of {@code runtime.yaml} and
 * names every problem at once. Immutable, thread-safe.
 */
public final class ParameterSchema<P extends Record> {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)?");

    private final Class<P> type;
    private final List<Parameter> parameters;

    /**
     * One parameter as operators see it.
     *
     * @param type         what to type: {@code text}, {@code whole number}, {@code one of [a, b]}, …
     * @param defaultValue as an operator would type it, {@code null} if there is none
     * @param written      the default as {@code runtime.yaml} has it: a number, seconds, a truth value, a list or a map where it is one
     */
    public record Parameter(String name, String type, String meaning, String defaultValue, Object written, boolean required, String example,
                            boolean secret, List<String> aliases) { }

    /** A filled record, or what is wrong; warnings do not keep a bot from starting. */
    public record Reading<P>(P value, List<String> problems, List<String> warnings) { }

    /** Where relative paths are meant from. */
    public record Folders(Path root, Path data) {

        private static final Folders OF_CALLER = new Folders(Path.of(""), Path.of(""));

        private Object resolve(Param param, Object value) {
            Path folder = param.folder() == Folder.DATA ? data : root;
            if (value instanceof Path path) {
                return folder.resolve(path);
            }
            boolean isPath = param.folder() != Folder.UNSAID && value instanceof String text && !text.isBlank() && !isTruth(text);
            return isPath ? folder.resolve((String) value).toString() : value;
        }

        /** Where a file may be named instead of yes or no. */
        private static boolean isTruth(String text) {
            try {
                truth(text.strip());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** @param empty names of parameters that are set to nothing, and so count as not set */
    private record Given(Map<String, ?> byName, Folders folders, Set<String> empty) { }

    private ParameterSchema(Class<P> type) {
        this.type = type;
        List<Parameter> found = new ArrayList<>();
        collect(type, Map.of(), found);
        this.parameters = List.copyOf(found);
    }

    public static <P extends Record> ParameterSchema<P> of(Class<P> type) {
        return new ParameterSchema<>(type);
    }

    /** In order of declaration, shared groups flattened. */
    public List<Parameter> parameters() {
        return parameters;
    }

    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            names.add(parameter.name());
            names.addAll(parameter.aliases());
        }
        return names;
    }

    /**
     * @param values as read from YAML; null values count as not set, but for optional parameters they are kept
     * @param others names that others look after (the host's, the group's): not reported as unknown
     */
    public Reading<P> read(Map<String, ?> values, Set<String> others) {
        return read(values, others, Folders.OF_CALLER);
    }

    /** @param folders where relative paths are meant from */
    public Reading<P> read(Map<String, ?> values, Set<String> others, Folders folders) {
        List<String> problems = new ArrayList<>();
        Set<String> empty = new TreeSet<>();
        P value = fill(type, Map.of(), new Given(values, folders, empty), problems);
        List<String> warnings = unknown(values.keySet(), others);
        empty.forEach(name -> warnings.add("parameter '" + name + "' is empty, which counts as not set"));
        return new Reading<>(problems.isEmpty() ? value : null, List.copyOf(problems), List.copyOf(warnings));
    }

    private List<String> unknown(Set<String> given, Set<String> others) {
        Set<String> known = names();
        List<String> warnings = new ArrayList<>();
        for (String name : given) {
            if (!known.contains(name) && !others.contains(name)) {
                warnings.add("unknown parameter '" + name + "', known are " + new TreeSet<>(known));
            }
        }
        return warnings;
    }

    /** Defaults by name: those said at the component that holds a shared group, under those of further out. */
    private static Map<String, String> defaults(RecordComponent group, Map<String, String> outer) {
        Defaults own = group.getAnnotation(Defaults.class);
        if (own == null) {
            return outer;
        }
        Map<String, String> all = new LinkedHashMap<>();
        for (String entry : own.value()) {
            int colon = entry.indexOf(':');
            all.put(entry.substring(0, colon), entry.substring(colon + 1).strip());
        }
        all.putAll(outer);
        return all;
    }

    /** What applies when the parameter is not set, {@code null} for nothing. */
    private static String byDefault(RecordComponent component, Param param, Map<String, String> defaults) {
        String declared = param.byDefault().equals(Param.UNSET) ? null : param.byDefault();
        return defaults.getOrDefault(name(component, param), declared);
    }

    private static void collect(Class<?> record, Map<String, String> defaults, List<Parameter> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            Param param = component.getAnnotation(Param.class);
            if (param == null) {
                collect(component.getType(), defaults(component, defaults), found);
                continue;
            }
            String byDefault = byDefault(component, param, defaults);
            found.add(new Parameter(name(component, param), describe(component.getGenericType()), param.value(),
                    byDefault, WrittenValue.of(component.getGenericType(), byDefault), byDefault == null && !param.optional(), param.example(), param.secret(),
                    List.of(param.aliases())));
        }
    }

    private static <R> R fill(Class<R> record, Map<String, String> defaults, Given values, List<String> problems) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] arguments = new Object[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            Param param = components[i].getAnnotation(Param.class);
            arguments[i] = param == null ? fill(components[i].getType(), defaults(components[i], defaults), values, problems)
                    : argument(components[i], param, byDefault(components[i], param, defaults), values, problems);
        }
        if (problems.size() > before) {
            return null;
        }
        try {
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<R> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            problems.add(e.getCause().getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("parameter record " + record.getName() + " cannot be made", e);
        }
    }

    private static Object argument(RecordComponent component, Param param, String byDefault, Given values, List<String> problems) {
        String name = name(component, param);
        Object given = values.byName().get(name);
        for (String alias : param.aliases()) {
            given = given == null ? values.byName().get(alias) : given;
        }
        if ("".equals(given) && (byDefault != null || param.optional()) && (param.neverEmpty() || !hasEmptyText(component.getType()))) {
            values.empty().add(name);
            given = null;
        }
        boolean nothing = given == null && param.optional() && values.byName().containsKey(name);
        if (nothing || given == null && byDefault == null) {
            if (!param.optional()) {
                problems.add("parameter '" + name + "' is not set: expected " + describe(component.getGenericType()) + " ("
                        + param.value() + ")");
            }
            return empty(component.getType());
        }
        Object value = given == null ? byDefault : given;
        try {
            return values.folders().resolve(param, convert(component.getGenericType(), value));
        } catch (IllegalArgumentException e) {
            problems.add("parameter '" + name + "' cannot be " + (param.secret() ? "what it is" : quoted(value)) + ": expected "
                    + describe(component.getGenericType()));
            return empty(component.getType());
        }
    }

    /** Whether an empty text says something as a value of the type. */
    private static boolean hasEmptyText(Class<?> type) {
        return type == String.class || type == Object.class || type == boolean.class || type == Boolean.class || type == List.class
                || type == Set.class || type == Map.class;
    }

    private static String quoted(Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    private static Object empty(Class<?> type) {
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

    private static String name(RecordComponent component, Param param) {
        return param.name().isEmpty() ? snakeCase(component.getName()) : param.name();
    }

    public static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static String describe(Type type) {
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
            return "a list, or text with commas";
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
            return "one of " + Arrays.stream(raw.getEnumConstants()).map(ParameterSchema::spelling).toList();
        }
        return raw == Object.class ? "a value" : "text";
    }

    static String spelling(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    static Object convert(Type type, Object value) {
        Class<?> raw = raw(type);
        if (raw == Object.class) {
            return value instanceof List<?> items ? items.stream().map(ParameterSchema::stripped).toList() : value;
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

    /** Blanks around an item of a list are there by accident, as in {@code a, b}: with them it would be the name of nothing. */
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

    private static boolean truth(String text) {
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
