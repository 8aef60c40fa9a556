package org.intelmq.parameters;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.Suggestion;
import org.intelmq.text.net.MaskedUrl;

/**
 * The parameters that a record declares, read once by reflection. Fills records from the values of {@code runtime.yaml}, and names all
 * problems together. Immutable, thread-safe.
 */
public final class ParameterSchema<P extends Record> {

    /** What connects bots is written among the parameters, too. */
    private static final Set<String> OF_CONNECTIONS = Set.of("destination_queues", "source_queue");
    private static final int HIGHEST_PORT = 65_535;
    /** Kept with each class, as long as that. */
    private static final ClassValue<ParameterSchema<?>> KNOWN = new ClassValue<>() {
        @Override
        protected ParameterSchema<?> computeValue(Class<?> type) {
            return new ParameterSchema<>(type.asSubclass(Record.class));
        }
    };

    /** What reflection makes anew each time it is asked. */
    private static final ClassValue<Reflected> REFLECTED = new ClassValue<>() {
        @Override
        protected Reflected computeValue(Class<?> type) {
            return Reflected.of(type);
        }
    };

    private final Class<P> type;
    private final List<Parameter> parameters;

    private record Reflected(RecordComponent[] components, Param[] params, String[] names, Constructor<?> constructor) {

        private static Reflected of(Class<?> record) {
            RecordComponent[] components = record.getRecordComponents();
            Param[] params = Arrays.stream(components).map(each -> each.getAnnotation(Param.class)).toArray(Param[]::new);
            String[] names = new String[components.length];
            for (int i = 0; i < names.length; i++) {
                names[i] = params[i] == null ? null : name(components[i], params[i]);
            }
            try {
                Constructor<?> constructor = record.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Reflected(components, params, names, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("parameter record " + record.getName() + " cannot be made", e);
            }
        }
    }

    /**
     * One parameter as operators see it.
     *
     * @param type what to type: {@code text}, {@code whole number}, {@code one of [a, b]}, …
     * @param defaultValue as an operator would type it; {@code null} if there is none
     * @param written the default as {@code runtime.yaml} has it: a number, seconds, a boolean, a list or a map where it is one
     */
    public record Parameter(String name, String type, String meaning, String defaultValue, Object written, boolean required, String example,
                            boolean secret, List<String> aliases) { }

    /** A filled record, or what is wrong; warnings do not prevent a bot from starting. */
    public record Reading<P>(P value, List<String> problems, List<String> warnings) { }

    /** The folders from which relative paths start. */
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

        /** For parameters that take a file name in place of yes or no. */
        private static boolean isTruth(String text) {
            try {
                ParameterValues.truth(text.strip());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** @param empty names of parameters that are set to nothing, and so count as not set */
    private record Given(Map<String, ?> byName, Folders folders, Set<String> empty, SecretFiles files) { }

    private ParameterSchema(Class<P> type) {
        this.type = type;
        List<Parameter> found = new ArrayList<>();
        collect(type, Map.of(), found);
        this.parameters = List.copyOf(found);
    }

    @SuppressWarnings("unchecked")
    public static <P extends Record> ParameterSchema<P> of(Class<P> type) {
        return (ParameterSchema<P>) KNOWN.get(type);
    }

    /** In the order of declaration, with shared groups flattened. */
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
     * @param values as read from YAML; null values count as not set, but are kept for optional parameters
     * @param others names that belong to others (the host, the group) and are not reported as unknown
     */
    public Reading<P> read(Map<String, ?> values, Set<String> others) {
        return read(values, others, Folders.OF_CALLER);
    }

    /** @param folders from which relative paths start */
    public Reading<P> read(Map<String, ?> values, Set<String> others, Folders folders) {
        return read(values, others, folders, new SecretFiles(folders.root(), System.getenv()));
    }

    Reading<P> read(Map<String, ?> values, Set<String> others, Folders folders, SecretFiles files) {
        List<String> problems = new ArrayList<>();
        Set<String> empty = new TreeSet<>();
        P value = fill(type, Map.of(), new Given(values, folders, empty, files), problems);
        List<String> warnings = unknown(values.keySet(), others);
        empty.forEach(name -> warnings.add("parameter '" + name + "' is empty, which counts as not set"));
        warnings.addAll(files.warnings());
        return new Reading<>(problems.isEmpty() ? value : null, problems.stream().map(files::hidden).toList(), List.copyOf(warnings));
    }

    private List<String> unknown(Set<String> given, Set<String> others) {
        Set<String> known = names();
        List<String> warnings = new ArrayList<>();
        for (String name : given) {
            if (!known.contains(name) && !others.contains(name)) {
                Set<String> possible = new TreeSet<>(known);
                possible.addAll(others);
                possible.addAll(OF_CONNECTIONS);
                warnings.add("unknown parameter '" + name + "'" + (known.isEmpty() ? "" : ", known are " + String.join(", ", new TreeSet<>(known)))
                        + Suggestion.question(name, possible));
            }
        }
        return warnings;
    }

    /** Defaults by name: those declared at the component that holds a shared group; those further out take precedence. */
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

    /** What applies when the parameter is not set; {@code null} for nothing. */
    private static String byDefault(String name, Param param, Map<String, String> defaults) {
        String declared = param.byDefault().equals(Param.UNSET) ? null : param.byDefault();
        return defaults.getOrDefault(name, declared);
    }

    private static void collect(Class<?> record, Map<String, String> defaults, List<Parameter> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            Param param = component.getAnnotation(Param.class);
            if (param == null) {
                collect(component.getType(), defaults(component, defaults), found);
                continue;
            }
            String byDefault = byDefault(name(component, param), param, defaults);
            found.add(new Parameter(name(component, param), ParameterValues.describe(component.getGenericType()), param.value(),
                    byDefault, WrittenValue.of(component.getGenericType(), byDefault), byDefault == null && !param.optional(), param.example(), param.secret(),
                    List.of(param.aliases())));
        }
    }

    private static <R> R fill(Class<R> record, Map<String, String> defaults, Given values, List<String> problems) {
        Reflected reflected = REFLECTED.get(record);
        RecordComponent[] components = reflected.components();
        Object[] arguments = new Object[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            Param param = reflected.params()[i];
            String name = reflected.names()[i];
            arguments[i] = param == null ? fill(components[i].getType(), defaults(components[i], defaults), values, problems)
                    : argument(components[i], name, param, byDefault(name, param, defaults), values, problems);
        }
        if (problems.size() > before) {
            return null;
        }
        try {
            return record.cast(reflected.constructor().newInstance(arguments));
        } catch (InvocationTargetException e) {
            problems.add(e.getCause().getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("parameter record " + record.getName() + " cannot be made", e);
        }
    }

    private static Object argument(RecordComponent component, String name, Param param, String byDefault, Given values, List<String> problems) {
        Object given = values.byName().get(name);
        for (String alias : param.aliases()) {
            given = given == null ? values.byName().get(alias) : given;
        }
        if ("".equals(given) && (byDefault != null || param.optional()) && (param.neverEmpty() || !ParameterValues.hasEmptyText(component.getType()))) {
            values.empty().add(name);
            given = null;
        }
        boolean nothing = given == null && param.optional() && values.byName().containsKey(name);
        if (nothing || given == null && byDefault == null) {
            if (!param.optional()) {
                problems.add("parameter '" + name + "' is not set: expected " + expected(component) + " ("
                        + param.value() + ")");
            }
            return ParameterValues.empty(component.getType());
        }
        Object value = given == null ? byDefault : given;
        try {
            Object converted = ParameterValues.convert(component.getGenericType(), values.files().resolved(value));
            if (isPort(name, component) && ((Integer) converted < 0 || (Integer) converted > HIGHEST_PORT)) {
                throw new IllegalArgumentException();
            }
            if (converted instanceof Number number && number.doubleValue() < 0 && !param.mayBeNegative()) {
                problems.add(refusal(name, param, value, expected(component) + ", 0 or more"));
                return ParameterValues.empty(component.getType());
            }
            if (given != null && !hasForm(param, converted)) {
                problems.add(refusal(name, param, value, param.form().expected()));
                return ParameterValues.empty(component.getType());
            }
            return values.folders().resolve(param, converted);
        } catch (SecretFiles.Unreadable e) {
            problems.add("parameter '" + name + "' cannot be set: " + e.getMessage());
            return ParameterValues.empty(component.getType());
        } catch (IllegalArgumentException e) {
            problems.add(refusal(name, param, value, isPort(name, component) ? "the number of a port, 0 to " + HIGHEST_PORT
                    : expected(component)));
            return ParameterValues.empty(component.getType());
        }
    }

    private static String expected(RecordComponent component) {
        return ParameterValues.describe(component.getGenericType()).replaceFirst("^one of \\[(.*)]$", "one of $1");
    }

    private static boolean hasForm(Param param, Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().allMatch(item -> hasForm(param, item));
        }
        return !(value instanceof String text) || text.isEmpty() && param.optional() || param.form().accepts(text);
    }

    private static String refusal(String name, Param param, Object value, String expected) {
        return "parameter '" + name + "' " + (param.secret() ? "is not valid" : "cannot be " + quoted(value)) + ": expected " + expected;
    }

    /** Bots may refuse more values, such as 0. */
    private static boolean isPort(String name, RecordComponent component) {
        Class<?> type = component.getType();
        return (type == int.class || type == Integer.class) && (name.equals("port") || name.endsWith("_port"));
    }

    private static String quoted(Object value) {
        return value instanceof String text ? "\"" + MaskedUrl.in(ControlCharacters.spelledOut(text)) + "\"" : String.valueOf(value);
    }

    private static String name(RecordComponent component, Param param) {
        return param.name().isEmpty() ? snakeCase(component.getName()) : param.name();
    }

    public static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
