package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.text.python.PythonText;

/**
 * Fields and their values in the order they were added: what flows between bots. Every value was checked against the {@link Harmonization}
 * when it was added. Not thread-safe; it belongs to its holder until it is sent.
 * <p>
 * Values are {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, and below a JSON object such as {@code extra}
 * also {@code null}, {@code List} and {@code Map}. Null, {@code ""}, {@code "-"} and {@code "N/A"} are never stored by the adding methods, so
 * callers need no checks. Source: IntelMQ's {@code intelmq.lib.message}.
 */
public abstract class Message extends FieldStore {

    private static final byte[] TYPE = "\"__type\": \"".getBytes(StandardCharsets.US_ASCII);

    private final Harmonization harmonization;
    private final Rules rules;
    private String id;
    private Object defaultValue;

    Message(Harmonization harmonization, Rules rules) {
        this.harmonization = harmonization;
        this.rules = rules;
    }

    /**
     * Copies fields and values; lists and maps are shared with the original. As in IntelMQ, blank values below {@code extra} are left out, and
     * a name there that cannot be added by itself, such as {@code extra.A}, throws {@link InvalidKey}.
     */
    public abstract Message copy();

    /** As {@link #copy}, but lists and maps are copied too. */
    public Message deepCopy() {
        return copyInto(emptyCopy(), true, true);
    }

    /**
     * The message as the next bot gets it when it bypasses the queue: a copy without the blank values below {@code extra}, which {@link
     * MessageJson#decode} leaves out as well.
     */
    public Message handedOn() {
        return copyInto(emptyCopy(), false, false);
    }

    abstract Message emptyCopy();

    Message copyInto(Message copy, boolean checkNames, boolean deep) {
        int size = size();
        copy.reserve(size);
        for (int i = 0; i < size; i++) {
            Field field = fieldAt(i);
            Object value = valueAt(i);
            if (Rules.isBlank(value)) {
                continue;
            }
            if (checkNames && !field.isWellFormed()) {
                throw new InvalidKey(field.name() + " is not a valid name: lower case letters, digits and _ between single dots");
            }
            copy.append(field, deep ? deepCopy(value) : value);
        }
        copy.identify(id);
        return copy;
    }

    private static Object deepCopy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            // no lambdas: they would double the stack depth that a deep value needs
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(entry.getKey(), deepCopy(entry.getValue()));
            }
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(deepCopy(item));
            }
            return copy;
        }
        return value;
    }

    public Harmonization harmonization() {
        return harmonization;
    }

    /** The identity for idempotent outputs and lineage: it is the same when the same report is processed again. Not part of the content. */
    public String id() {
        return id;
    }

    public void identify(String identity) {
        this.id = identity;
    }

    // ------------------------------------------------------------------ adding

    /** Adds a cleaned and checked value. Throws {@link KeyExists}, {@link InvalidKey} or {@link InvalidValue}. */
    public Message add(Field field, Object value) {
        add(field, value, IfPresent.FAIL);
        return this;
    }

    public Message add(String field, Object value) {
        return add(Field.of(field), value);
    }

    /** @return whether the value is now stored: false if it was blank, or if an existing one was kept */
    public boolean add(Field field, Object value, IfPresent ifPresent) {
        return rules.add(this, field, value, ifPresent, true, true, null) == Added.STORED;
    }

    /** Replaces an existing value; a blank one removes the field. Throws {@link InvalidKey} or {@link InvalidValue}. */
    public Message put(Field field, Object value) {
        add(field, value, IfPresent.REPLACE);
        return this;
    }

    public Message put(String field, Object value) {
        return put(Field.of(field), value);
    }

    /** As {@link #add(Field, Object)}, but leaves the field alone if the value is invalid (IntelMQ's {@code raise_failure=False}). */
    public boolean offer(Field field, Object value) {
        return offer(field, value, IfPresent.FAIL);
    }

    public boolean offer(String field, Object value) {
        return offer(Field.of(field), value);
    }

    public boolean offer(Field field, Object value, IfPresent ifPresent) {
        return rules.add(this, field, value, ifPresent, true, false, null) == Added.STORED;
    }

    /** Adds a value that must be valid as it stands, without cleaning (IntelMQ's {@code sanitize=False}). */
    public boolean addUnsanitized(Field field, Object value, IfPresent ifPresent, boolean failIfInvalid) {
        return rules.add(this, field, value, ifPresent, false, failIfInvalid, null) == Added.STORED;
    }

    /**
     * The general form of adding: IntelMQ's {@code add} with all its arguments.
     *
     * @param sanitize whether the value is cleaned before it is checked
     * @param failIfInvalid whether an invalid value throws {@link InvalidValue}
     * @param ignored values that are not added, compared as Python compares; {@code null} for none
     */
    public Added add(Field field, Object value, IfPresent ifPresent, boolean sanitize, boolean failIfInvalid,
            Collection<?> ignored) {
        return rules.add(this, field, value, ifPresent, sanitize, failIfInvalid, ignored);
    }

    /**
     * Replaces the fields that the other names. Each value is taken as it is if that is valid, otherwise cleaned. A blank value removes its
     * field.
     */
    public void update(Map<String, ?> other) {
        other.forEach((name, value) -> admit(Field.of(name), value, IfPresent.REPLACE));
    }

    /** As {@link #update(Map)}; values that the other message has checked by the same rules are not checked again. */
    public void update(Message other) {
        for (int i = 0; i < other.size(); i++) {
            Field field = other.fieldAt(i);
            if (other.rules == rules && rules.isPlain(field)) {
                store(field, other.valueAt(i));
            } else {
                admit(field, other.valueAt(i), IfPresent.REPLACE);
            }
        }
    }

    /** How values enter a message that is built as a whole: as they are if that is valid, otherwise cleaned. */
    void admit(Field field, Object value, IfPresent ifPresent) {
        if (rules.add(this, field, value, ifPresent, false, false, null) != Added.STORED) {
            rules.add(this, field, value, ifPresent, true, true, null);
        }
    }

    /** Replaces the value of an existing field. Throws {@link KeyNotExists} if it is missing. */
    public void change(Field field, Object value) {
        if (!has(field)) {
            throw new KeyNotExists(field.name());
        }
        put(field, value);
    }

    /** Whether the value would be accepted, after cleaning if requested. Throws {@link InvalidKey}. */
    public boolean isValid(Field field, Object value, boolean sanitize) {
        return rules.isValid(this, field, PlainValue.of(value), sanitize);
    }

    /** Whether the harmonization has the field. An installation's own harmonization may lack fields of later versions. */
    public boolean isKnown(Field field) {
        return rules.isKnown(field);
    }

    // ------------------------------------------------------------------ reading

    /**
     * The stored value. If the field is not set, the default (see {@link #setDefaultValue}), or {@code null}. {@code get(EXTRA)} is the JSON
     * text of all {@code extra.*}.
     */
    public Object get(Field field) {
        if (field == Rules.TYPE) {
            throw new IllegalArgumentException("__type is not a field: ask for the name of the type");
        }
        int index = indexOf(field);
        if (index >= 0) {
            return valueAt(index);
        }
        if (rules.isJsonDict(field)) {
            return hasBelow(field) ? entriesAsText(field) : null;
        }
        return defaultValue != null && rules.isReadable(field) ? defaultValue : null;
    }

    private String entriesAsText(Field dict) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            if (fieldAt(i).root().equals(dict.root())) {
                Hierarchy.put(entries, fieldAt(i).name(), valueAt(i));
            }
        }
        return Json.writeAscii(entries.get(dict.name()));
    }

    /** What {@link #get} returns for known fields that are not set. */
    public void setDefaultValue(Object value) {
        this.defaultValue = value;
    }

    public Object get(String field) {
        return get(Field.of(field));
    }

    /** The value as text, in Python's spelling ({@code True}, {@code 1e-07}), or {@code null}. */
    public String text(Field field) {
        Object value = get(field);
        return value == null ? null : PythonText.str(value);
    }

    public String text(String field) {
        return text(Field.of(field));
    }

    // ------------------------------------------------------------------ as a whole

    /**
     * All fields in the order of adding, and {@code __type} last, with non-ASCII characters escaped: the form on IntelMQ's queues.
     *
     * @throws KeyExists if {@code __type} was added like a field
     */
    void write(JsonWriter writer) {
        if (indexOf(Rules.TYPE) >= 0) {
            throw new KeyExists("__type");
        }
        writer.clear();
        writer.one('{');
        for (int i = 0; i < size(); i++) {
            writer.raw(fieldAt(i).json());
            writer.value(valueAt(i));
            writer.two(',', ' ');
        }
        writer.raw(TYPE);
        writer.raw(typeName().getBytes(StandardCharsets.US_ASCII));
        writer.two('"', '}');
    }

    Rules rules() {
        return rules;
    }

    /** Messages are equal if they are of the same kind, have the same fields, in any order, and follow the same harmonization. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Message message) || message.size() != size() || !typeName().equals(message.typeName())
                || !harmonization.equals(message.harmonization)) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            int index = message.indexOf(fieldAt(i));
            if (index < 0 || !PlainValue.equal(valueAt(i), message.valueAt(index))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += fieldAt(i).hashCode();
        }
        return sum;
    }

    /** The serialised form, see {@link #write}. */
    @Override
    public String toString() {
        JsonWriter writer = new JsonWriter();
        write(writer);
        return writer.toString();
    }
}
