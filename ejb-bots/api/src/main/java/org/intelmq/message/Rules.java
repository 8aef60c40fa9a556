package org.intelmq.message;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules for all fields of one kind of message, and the one place where values enter a message. Immutable. */
final class Rules {

    /** IntelMQ allows the marker of the message's kind to be added like a field, unchecked. */
    static final Field TYPE = Field.of("__type");
    private static final Field EXTRA = Field.of("extra");

    private final FieldRule[] byIndex;
    private final Map<String, FieldRule> byName;

    Rules(Collection<FieldRule> rules) {
        int last = -1;
        for (FieldRule rule : rules) {
            last = Math.max(last, rule.field().index());
        }
        byIndex = new FieldRule[last + 1];
        byName = new LinkedHashMap<>();
        for (FieldRule rule : rules) {
            byName.put(rule.field().name(), rule);
            if (rule.field().index() >= 0) {
                byIndex[rule.field().index()] = rule;
            }
        }
    }

    Collection<FieldRule> all() {
        return byName.values();
    }

    /** The rule of the field itself; {@code null} if there is none. */
    FieldRule exact(Field field) {
        int index = field.index();
        return index < 0 ? byName.get(field.name()) : index < byIndex.length ? byIndex[index] : null;
    }

    /** The rule of the field or, for sub-keys, of the part before the first dot; {@code null} if there is none. */
    private FieldRule ofRoot(Field field) {
        return field.rootField() == field ? null : exact(field.rootField());
    }

    boolean isKnown(Field field) {
        return field == TYPE || exact(field) != null || ofRoot(field) != null && field.isWellFormed();
    }

    /** Whether the name, or the part before its first dot, is defined; reading a field requires no more. */
    boolean isReadable(Field field) {
        return exact(field) != null || ofRoot(field) != null;
    }

    boolean isJsonDict(Field field) {
        FieldRule rule = exact(field);
        return rule != null && rule.isJsonDict();
    }

    /** Whether the field itself is defined and holds one value, not the entries of a JSON object. */
    boolean isPlain(Field field) {
        FieldRule rule = exact(field);
        return rule != null && !rule.isJsonDict();
    }

    boolean isValid(FieldStore message, Field field, Object value, boolean sanitize) {
        boolean subitem = exact(field) == null;
        FieldRule rule = rule(message, field);
        if (isBlank(value)) {
            return false;
        }
        if (field == TYPE) {
            throw new IllegalArgumentException("__type has no type to check it with");
        }
        try {
            Object clean = sanitize ? rule.clean(value, subitem) : value;
            return (sanitize ? clean != null || subitem : rule.isValid(value, subitem)) && rule.problem(clean) == null;
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            return false;
        }
    }

    /** See {@link Message#add(Field, Object, IfPresent, boolean, boolean, Collection)} for what the arguments mean. */
    Added add(FieldStore message, Field field, Object given, IfPresent ifPresent, boolean sanitize, boolean failIfInvalid,
            Collection<?> ignored) {
        if (ifPresent != IfPresent.REPLACE && message.has(field)) {
            if (ifPresent == IfPresent.FAIL) {
                throw new KeyExists(field.name());
            }
            return Added.REFUSED;
        }
        Object value = given instanceof String ? given : PlainValue.of(given);
        if (isBlank(value)) {
            if (ifPresent == IfPresent.REPLACE) {
                message.remove(field);
            }
            return Added.IGNORED;
        }
        FieldRule rule = rule(message, field);
        if (ignored != null && PlainValue.isAmong(value, ignored)) {
            return Added.IGNORED;
        }
        if (field == TYPE) {
            message.store(field, value);
            return Added.STORED;
        }
        checkLength(field, value, rule.field() == field && rule.isJsonDict());
        boolean subitem = rule.field() != field && exact(field) == null;
        if (sanitize && !subitem && value instanceof Map<?, ?> map && rule.takesAsItIs(map)) {
            addEntries(message, field, JsonText.sorted(map), ifPresent);
            return Added.STORED;
        }
        Object clean = null;
        String problem;
        try {
            clean = sanitize ? rule.clean(value, subitem) : rule.isValid(value, subitem) ? value : null;
            problem = clean == null ? "not a valid " + rule.type().name() : rule.problem(clean);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            if (rule.type() instanceof Base64Type) {
                // bytes are never silently left out
                throw malformed;
            }
            problem = malformed.getMessage();
        }
        if (problem != null) {
            if (failIfInvalid) {
                throw new InvalidValue(field, value, problem);
            }
            return Added.REFUSED;
        }
        if (!subitem && rule.isJsonDict()) {
            addEntries(message, field, value instanceof Map<?, ?> ? JsonText.sorted(value) : Json.parse((String) clean), ifPresent);
        } else if (ifPresent == IfPresent.REPLACE) {
            store(message, field, clean);
        } else {
            checkRoom(message, field);
            message.append(field, clean);
        }
        return Added.STORED;
    }

    /** This is no matter of validity: a value that is too long is not left out silently even where an invalid one is. */
    private static void checkLength(Field field, Object value, boolean isJsonDict) {
        int length = value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 0;
        if (length > MessageLimits.LONGEST_VALUE && length > MessageLimits.longest(field, isJsonDict)) {
            throw new InvalidValue(field, value, MessageLimits.tooLong(length, MessageLimits.longest(field, isJsonDict)));
        }
    }

    /** @param field that is not set */
    private static void checkRoom(FieldStore message, Field field) {
        if (message.size() >= MessageLimits.MOST_FIELDS) {
            throw new InvalidValue("field " + MessageLimits.shown(field) + " cannot be added: the message has " + message.size()
                    + " fields already, the most that it may have");
        }
        if (field.name().length() > MessageLimits.LONGEST_NAME) {
            throw new InvalidValue("field " + MessageLimits.shown(field) + " cannot be added: its name has "
                    + MessageLimits.tooLong(field.name().length(), MessageLimits.LONGEST_NAME));
        }
    }

    private static void store(FieldStore message, Field field, Object value) {
        int index = message.indexOf(field);
        if (index < 0) {
            checkRoom(message, field);
            message.append(field, value);
        } else {
            message.replaceAt(index, value);
        }
    }

    /** Below {@code extra}, nothing is left out, because IntelMQ has always kept blank values there. */
    private static void addEntries(FieldStore message, Field field, Object entries, IfPresent ifPresent) {
        if (ifPresent == IfPresent.REPLACE) {
            message.remove(field);
        }
        boolean all = field.equals(EXTRA);
        ((Map<?, ?>) entries).forEach((key, item) -> {
            boolean empty = item instanceof List<?> list && list.isEmpty() || item instanceof Map<?, ?> map && map.isEmpty();
            if (all || !empty && !isBlank(item)) {
                Field entry = Field.of(field.name() + '.' + key);
                checkLength(entry, item, false);
                store(message, entry, item);
            }
        });
    }

    private FieldRule rule(FieldStore message, Field field) {
        FieldRule rule = exact(field);
        if (rule != null || field == TYPE) {
            return rule;
        }
        FieldRule parent = ofRoot(field);
        if (parent == null) {
            throw new InvalidKey(field.name() + " is not a field of " + message.typeName() + "s in harmonization.conf");
        }
        if (!field.isWellFormed()) {
            throw new InvalidKey(field.name() + " is not a valid name: lower case letters, digits and _ between single dots");
        }
        return parent;
    }

    static boolean isBlank(Object value) {
        if (!(value instanceof String text)) {
            return value == null;
        }
        int length = text.length();
        return length == 0 || length == 1 && text.charAt(0) == '-' || length == 3 && text.equals("N/A");
    }
}
