package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.text.CodePointOrder;

/**
 * The name of a field, such as {@code source.ip} or {@code extra.tag}. Names are interned, so that fields of messages are
 * found by identity; a {@link Harmonization} says what a name means. Immutable.
 */
public final class Field implements Comparable<Field> {

    /** Feeds bring their own field names below {@code extra.}; beyond these limits, names are no longer kept for ever. */
    private static final int MOST_INTERNED = 50_000;
    private static final int LONGEST_INTERNED = 200;
    private static final Map<String, Field> INTERNED = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final Field root;
    /** Interned fields are numbered from 0, so that tables can be arrays; -1 if not interned. */
    private final int index;
    private final boolean wellFormed;
    /** Names without surrogates have the same order by code points as by chars. */
    private final boolean ordinary;
    private final byte[] json;

    private Field(String name, Field root, int index) {
        this.name = name;
        this.root = root == null ? this : root;
        this.index = index;
        this.wellFormed = isWellFormed(name);
        this.ordinary = name.chars().noneMatch(c -> Character.isSurrogate((char) c));
        JsonWriter writer = new JsonWriter();
        writer.text(name);
        writer.two(':', ' ');
        this.json = writer.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    public static Field of(String name) {
        Field known = INTERNED.get(name);
        if (known != null) {
            return known;
        }
        int dot = name.indexOf('.');
        Field root = dot < 0 ? null : of(name.substring(0, dot));
        if (COUNT.get() >= MOST_INTERNED || name.length() > LONGEST_INTERNED) {
            return new Field(name, root, -1);
        }
        return INTERNED.computeIfAbsent(name, missing -> new Field(missing, root, COUNT.getAndIncrement()));
    }

    public String name() {
        return name;
    }

    /** The part before the first dot: {@code extra} of {@code extra.tag}. */
    public String root() {
        return root.name;
    }

    Field rootField() {
        return root;
    }

    boolean isInterned() {
        return index >= 0;
    }

    int index() {
        return index;
    }

    /** Whether the harmonization could allow the name. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** The name in JSON with the colon and space that follow it. */
    byte[] json() {
        return json;
    }

    /**
     * {@code ^[a-z_][a-z_0-9]+(\.[a-z_0-9]+)*$}, where a line feed may follow, as with every {@code $} in Python. Hand-written because every
     * new name is checked.
     */
    private static boolean isWellFormed(String name) {
        int end = name.endsWith("\n") ? name.length() - 1 : name.length();
        int partLength = 0;
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c == '_';
            if (c == '.') {
                if (partLength < (i == partLength ? 2 : 1)) {
                    return false;
                }
                partLength = 0;
            } else if (letter || c >= '0' && c <= '9' && i > 0) {
                partLength++;
            } else {
                return false;
            }
        }
        return partLength >= (end == partLength ? 2 : 1);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Field field && !(index >= 0 && field.index >= 0) && name.equals(field.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** By code points, as Python sorts names. */
    @Override
    public int compareTo(Field other) {
        return ordinary && other.ordinary ? name.compareTo(other.name) : CodePointOrder.INSTANCE.compare(name, other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
