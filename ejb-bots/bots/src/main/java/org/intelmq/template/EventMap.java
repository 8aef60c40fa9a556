package org.intelmq.template;

import com.hubspot.jinjava.objects.collections.PyMap;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

/** The event as templates see it: a read-only dictionary. Public because the template engine calls it. */
public final class EventMap extends PyMap {

    EventMap(Message event) {
        super(new View(event));
    }

    @Override
    public Object get(String field, Object ifMissing) {
        return containsKey(field) ? get(field) : ifMissing;
    }

    private static final class View extends AbstractMap<String, Object> {

        private final Message event;

        private View(Message event) {
            this.event = event;
        }

        @Override
        public Object get(Object field) {
            return field instanceof String name ? fixed(event.get(Field.of(name))) : null;
        }

        @Override
        public boolean containsKey(Object field) {
            return field instanceof String name && event.has(Field.of(name));
        }

        @Override
        public int size() {
            return event.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return event.size();
                }

                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return IntStream.range(0, event.size())
                            .mapToObj(i -> Map.entry(event.fieldAt(i).name(), fixed(event.valueAt(i)))).iterator();
                }
            };
        }

        private static Object fixed(Object value) {
            return value instanceof List<?> list ? Collections.unmodifiableList(list)
                    : value instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : value;
        }
    }
}
