package org.intelmq.admin;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.configuration.Edit;

/** JSON of any form from a request, in the values that {@link org.intelmq.message.Json} writes. */
final class AnyJson {

    private AnyJson() { }

    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put(name.toString(), plain(each)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AnyJson::plain).toList();
        }
        if (value instanceof BigDecimal number) {
            return Edit.plain(number);
        }
        return value;
    }
}
