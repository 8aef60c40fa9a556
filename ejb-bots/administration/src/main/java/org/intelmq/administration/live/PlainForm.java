package org.intelmq.administration.live;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.control.BotState;

/** Records as maps, with the names and values that the REST interface gives them. Thread-safe. */
public final class PlainForm {

    private static final ClassValue<Map<String, RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
            Map<String, RecordComponent> components = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                components.put(name(component.getName()), component);
            }
            return components;
        }
    };

    private PlainForm() { }

    public static Map<String, Object> of(Record thing) {
        Map<String, Object> plain = new LinkedHashMap<>();
        COMPONENTS.get(thing.getClass()).forEach((name, component) -> {
            try {
                plain.put(name, value(component.getAccessor().invoke(thing)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(thing.getClass() + " cannot be read", e);
            }
        });
        return plain;
    }

    private static Object value(Object value) {
        if (value instanceof Record inner) {
            return of(inner);
        }
        if (value instanceof BotState state) {
            return state.word();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PlainForm::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key.toString(), value(each)));
            return plain;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** {@code lastError} becomes {@code last_error}. */
    private static String name(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
