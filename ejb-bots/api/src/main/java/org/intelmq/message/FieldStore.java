package org.intelmq.message;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Keeps a message's fields and values in the order they were added. Checks nothing. Not thread-safe. */
abstract class FieldStore {

    private static final int USUAL_SIZE = 24;

    private static final Field[] NO_FIELDS = {};
    private static final Object[] NO_VALUES = {};

    private Field[] fields = NO_FIELDS;
    private Object[] values = NO_VALUES;
    private int size;

    /** {@code Event} or {@code Report}, as in {@code __type}. */
    public abstract String typeName();

    public int size() {
        return size;
    }

    /** The i-th field in the order of adding, 0 to {@link #size()} - 1. */
    public Field fieldAt(int index) {
        return fields[index];
    }

    public Object valueAt(int index) {
        return values[index];
    }

    /** {@code has(EXTRA)} is true if any {@code extra.*} field is set. */
    public boolean has(Field field) {
        return indexOf(field) >= 0 || field == Fields.EXTRA && hasBelow(field);
    }

    public boolean has(String field) {
        return has(Field.of(field));
    }

    /** Visits in the order of adding. The message must not be changed meanwhile. */
    public void forEach(BiConsumer<Field, Object> visitor) {
        for (int i = 0; i < size; i++) {
            visitor.accept(fields[i], values[i]);
        }
    }

    /** The fields whose names start with the prefix, with their values, in the order of adding. */
    public Map<Field, Object> startingWith(String prefix) {
        Map<Field, Object> found = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (fields[i].name().startsWith(prefix)) {
                found.put(fields[i], values[i]);
            }
        }
        return found;
    }

    /** Removes a field if it is set; {@code remove(EXTRA)} removes all {@code extra.*}. */
    public void remove(Field field) {
        int index = indexOf(field);
        if (index >= 0) {
            removeAt(index);
            return;
        }
        if (field == Fields.EXTRA) {
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

    int indexOf(Field field) {
        for (int i = 0; i < size; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        if (!field.isInterned()) {
            int hash = field.hashCode();
            for (int i = 0; i < size; i++) {
                if (fields[i].hashCode() == hash && fields[i].equals(field)) {
                    return i;
                }
            }
        }
        return -1;
    }

    void store(Field field, Object value) {
        int index = indexOf(field);
        if (index >= 0) {
            replaceAt(index, value);
        } else {
            append(field, value);
        }
    }

    final void replaceAt(int index, Object value) {
        values[index] = value;
    }

    /** Only for a field that is not set. */
    final void append(Field field, Object value) {
        if (size == fields.length) {
            reserve(Math.max(USUAL_SIZE, size * 2));
        }
        fields[size] = field;
        values[size++] = value;
    }

    /** Makes room for that many fields at once. */
    final void reserve(int count) {
        if (count > fields.length) {
            fields = Arrays.copyOf(fields, count);
            values = Arrays.copyOf(values, count);
        }
    }

    /** Takes over fields, none of which may occur twice. */
    void take(Field[] all, Object[] theirValues, int count) {
        fields = all;
        values = theirValues;
        size = count;
    }

    private void removeAt(int index) {
        int moved = size - index - 1;
        System.arraycopy(fields, index + 1, fields, index, moved);
        System.arraycopy(values, index + 1, values, index, moved);
        fields[--size] = null;
        values[size] = null;
    }

    boolean hasBelow(Field field) {
        String root = field.name();
        for (int i = 0; i < size; i++) {
            if (fields[i].root().equals(root) && fields[i].name().length() > root.length()) {
                return true;
            }
        }
        return false;
    }
}
