package org.intelmq.message;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The name of a field, such as {@code source.ip} or {@code extra.tag}. Names are interned, so that fields of messages are
 * found by identity; what a name means is said by a {@link Harmonization}. Immutable.
 */
public final class Field implements Comparable<Field> {

    /** Feeds bring field names of their own below {@code extra.}: past this many, names are no longer kept for ever. */
    private static final int MOST_INTERNED = 50_000;
    private static final Map<String, Field> INTERNED = new ConcurrentHashMap<>();

    private final String name;
    private final String root;
    private final boolean interned;

    private Field(String name, boolean interned) {
        this.name = name;
        this.interned = interned;
        int dot = name.indexOf('.');
        this.root = dot < 0 ? name : name.substring(0, dot);
    }

    public static Field of(String name) {
        Field known = INTERNED.get(name);
        if (known != null) {
            return known;
        }
        if (INTERNED.size() >= MOST_INTERNED) {
            return new Field(name, false);
        }
        return INTERNED.computeIfAbsent(name, missing -> new Field(missing, true));
    }

    public String name() {
        return name;
    }

    /** The part before the first dot: {@code extra} of {@code extra.tag}. */
    public String root() {
        return root;
    }

    boolean isInterned() {
        return interned;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Field field && !(interned && field.interned) && name.equals(field.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** By code points, as Python sorts names. */
    @Override
    public int compareTo(Field other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
