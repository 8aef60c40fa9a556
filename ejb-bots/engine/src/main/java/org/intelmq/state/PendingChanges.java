package org.intelmq.state;

import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What one instance of a bot has changed since its last flush, and how the changes of the inputs begun last are undone. A key that it has claimed
 * is nobody else's on this server until then. Used by one thread at a time; the claims are shared by all instances and must be thread-safe.
 *
 * @param <I> what an input is recognised by
 * @param <E> what an entry is to become
 */
final class PendingChanges<I, E> {

    private final Map<String, PendingChanges<I, E>> claims;
    private final Map<String, E> entries = new TreeMap<>();
    private final Deque<Map.Entry<String, E>> undo = new ArrayDeque<>();
    private final List<I> inputs = new ArrayList<>();
    private int undoable;

    PendingChanges(Map<String, PendingChanges<I, E>> claims) {
        this.claims = claims;
    }

    void begin(List<I> begun) {
        inputs.addAll(begun);
        undo.clear();
        undoable = begun.size();
    }

    /** All inputs of the transaction. */
    List<I> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** By key, in the order of the keys. */
    Map<String, E> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** {@code null} if the entry was not changed. */
    E get(String key) {
        return entries.get(key);
    }

    void put(String key, E entry) {
        undo.push(new SimpleEntry<>(key, entries.put(key, entry)));
    }

    /** Whether the key is this instance's now. */
    boolean claim(String key) {
        return Objects.requireNonNullElse(claims.putIfAbsent(key, this), this) == this;
    }

    void release(String key) {
        claims.remove(key, this);
    }

    void undo() {
        while (!undo.isEmpty()) {
            Map.Entry<String, E> step = undo.pop();
            if (step.getValue() == null) {
                entries.remove(step.getKey());
                release(step.getKey());
            } else {
                entries.put(step.getKey(), step.getValue());
            }
        }
        inputs.subList(inputs.size() - undoable, inputs.size()).clear();
        undoable = 0;
    }

    void clear() {
        entries.keySet().forEach(this::release);
        entries.clear();
        undo.clear();
        inputs.clear();
        undoable = 0;
    }
}
