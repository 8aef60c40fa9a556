package org.intelmq.conformance;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;

/** The arguments of one call of a function, as Python passes them: by position or by name. */
record Call(List<Object> arguments, Map<String, Object> named, Clock clock) {

    static Call of(Map<String, Object> vector, Clock clock) {
        return of(vector.get("args"), vector.get("kwargs"), clock);
    }

    static Call of(Object arguments, Object named, Clock clock) {
        return new Call(Plain.list(unmarked(arguments)), Plain.map(unmarked(named)), clock);
    }

    private static Object unmarked(Object value) {
        return bytes(Markers.resolve(value, "$", "$"));
    }

    private static Object bytes(Object value) {
        if (value instanceof Markers.Bytes marked) {
            return marked.content();
        }
        if (value instanceof List<?> list) {
            return list.stream().collect(ArrayList::new, (items, item) -> items.add(bytes(item)), ArrayList::addAll);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(key, bytes(item)));
            return entries;
        }
        return value;
    }

    Object argument(int index, String name) {
        return index < arguments.size() ? arguments.get(index) : named.get(name);
    }

    Object first() {
        return arguments.get(0);
    }

    String text(int index, String name) {
        return (String) argument(index, name);
    }

    boolean flag(int index, String name, boolean otherwise) {
        Object value = argument(index, name);
        return value == null ? otherwise : (Boolean) value;
    }
}
