package org.intelmq.message;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Fields and their values in the order they were added: what flows between bots. Every value was checked against the
 * {@link Harmonization} when it was added. Not thread-safe; owned by whoever holds it, until sent.
 * <p>
 * Values are {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, and below a JSON object such as
 * {@code extra} also {@code null}, {@code List} and {@code Map}. Null, {@code ""}, {@code "-"} and {@code "N/A"} are never
 * stored by the adding methods, so callers need no checks. Source: IntelMQ's {@code intelmq.lib.message}.
 */
public abstract class Message {

    private final Harmonization harmonization;
    private Field[] fields;
    private Object[] values;
    private int size;
    private String id;

    Message(Harmonization harmonization) {
        this.harmonization = harmonization;
        this.fields = new Field[24];
        this.values = new Object[24];
    }

    Message(Message other) {
        this.harmonization = other.harmonization;
        this.fields = other.fields.clone();
        this.values = other.values.clone();
        this.size = other.size;
        this.id = other.id;
    }

    /** {@code Event} or {@code Report}, as {@code __type} says it. */
    public abstract String typeName();

    /** Fields and values; lists and maps are shared with the original. */
    public abstract Message copy();

    public Harmonization harmonization() {
        return harmonization;
    }

    /** Identity for idempotent outputs and lineage: the same when the same report is processed again. Not part of the content. */
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

    /** @return whether the value is stored now: false if it was blank, or kept out by a present one */
    public boolean add(Field field, Object value, IfPresent ifPresent) {
        return harmonization.add(this, field, value, ifPresent, true, true);
    }

    /** Replaces a present value; a blank one removes the field. Throws {@link InvalidKey} or {@link InvalidValue}. */
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
        return harmonization.add(this, field, value, ifPresent, true, false);
    }

    /** Adds a value that must be valid as it stands, without cleaning (IntelMQ's {@code sanitize=False}). */
    public boolean addUnsanitized(Field field, Object value, IfPresent ifPresent, boolean failIfInvalid) {
        return harmonization.add(this, field, value, ifPresent, false, failIfInvalid);
    }

    /** Replaces the value of a present field. Throws {@link KeyNotExists} if it is missing. */
    public void change(Field field, Object value) {
        if (!has(field)) {
            throw new KeyNotExists(field.name());
        }
        put(field, value);
    }

    /** Whether the value would be accepted, after cleaning if asked. Throws {@link InvalidKey}. */
    public boolean isValid(Field field, Object value, boolean sanitize) {
        return harmonization.isValid(this, field, value, sanitize);
    }

    // ------------------------------------------------------------------ reading

    public int size() {
        return size;
    }

    /** The i-th field in order of adding, 0 to {@link #size()} - 1. */
    public Field fieldAt(int index) {
        return fields[index];
    }

    public Object valueAt(int index) {
        return values[index];
    }

    /** {@code has(EXTRA)} is true when any {@code extra.*} field is set. */
    public boolean has(Field field) {
        return indexOf(field) >= 0 || harmonization.isJsonDict(this, field) && hasBelow(field);
    }

    public boolean has(String field) {
        return has(Field.of(field));
    }

    /** The stored value, or {@code null} if the field is not set. {@code get(EXTRA)} is the JSON text of all {@code extra.*}. */
    public Object get(Field field) {
        int index = indexOf(field);
        if (index >= 0) {
            return values[index];
        }
        return harmonization.isJsonDict(this, field) && hasBelow(field) ? MessageJson.subitemsAsText(this, field) : null;
    }

    public Object get(String field) {
        return get(Field.of(field));
    }

    /** The value as text, or {@code null}. */
    public String text(Field field) {
        Object value = get(field);
        return value == null ? null : value.toString();
    }

    public String text(String field) {
        return text(Field.of(field));
    }

    /** Visits in order of adding. The message must not be changed meanwhile. */
    public void forEach(BiConsumer<Field, Object> visitor) {
        for (int i = 0; i < size; i++) {
            visitor.accept(fields[i], values[i]);
        }
    }

    // ------------------------------------------------------------------ removing

    /** Removes a field if it is set; {@code remove(EXTRA)} removes all {@code extra.*}. */
    public void remove(Field field) {
        int index = indexOf(field);
        if (index >= 0) {
            removeAt(index);
            return;
        }
        if (harmonization.isJsonDict(this, field)) {
            String prefix = field.name() + '.';
            for (int i = size - 1; i >= 0; i--) {
                if (fields[i].name().startsWith(prefix)) {
                    removeAt(i);
                }
            }
        }
    }

    public void remove(String field) {
        remove(Field.of(field));
    }

    // ------------------------------------------------------------------ storage, for this package

    int indexOf(Field field) {
        for (int i = 0; i < size; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        if (!field.isInterned()) {
            for (int i = 0; i < size; i++) {
                if (fields[i].equals(field)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Stores without any check. */
    void store(Field field, Object value) {
        int index = indexOf(field);
        if (index >= 0) {
            values[index] = value;
            return;
        }
        if (size == fields.length) {
            fields = Arrays.copyOf(fields, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        fields[size] = field;
        values[size++] = value;
    }

    private void removeAt(int index) {
        int moved = size - index - 1;
        System.arraycopy(fields, index + 1, fields, index, moved);
        System.arraycopy(values, index + 1, values, index, moved);
        fields[--size] = null;
        values[size] = null;
    }

    private boolean hasBelow(Field field) {
        String root = field.name();
        for (int i = 0; i < size; i++) {
            if (fields[i].root().equals(root) && fields[i].name().length() > root.length()) {
                return true;
            }
        }
        return false;
    }

    /** The serialised form, see {@link MessageJson#serialize}. */
    @Override
    public String toString() {
        return MessageJson.serialize(this);
    }
}
