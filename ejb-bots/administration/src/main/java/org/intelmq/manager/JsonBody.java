package org.intelmq.manager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** The object in the body of a request. */
final class JsonBody {

    private JsonBody() { }

    /** A list of pairs counts as an object too, the empty list among them. */
    static Map<String, Object> read(Request request) throws InvalidRequest {
        if (request.body().length == 0) {
            throw new InvalidRequest(List.of(InvalidRequest.missing("body")));
        }
        String type = request.contentType();
        Object value;
        try {
            boolean isJson = type.isEmpty() || type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json");
            value = isJson ? Json.parse(request.body()) : request.text();
        } catch (JsonException e) {
            throw new InvalidRequest(List.of(InvalidRequest.detail(e.getMessage(), "value_error.jsondecode", "body")));
        }
        if (value == null) {
            throw new InvalidRequest(List.of(InvalidRequest.missing("body")));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> object.put(key.toString(), entry));
            return object;
        }
        if (value instanceof List<?> list && list.stream().allMatch(JsonBody::isPair)) {
            list.forEach(pair -> object.put((String) ((List<?>) pair).get(0), ((List<?>) pair).get(1)));
            return object;
        }
        throw new InvalidRequest(List.of(InvalidRequest.detail("value is not a valid dict", "type_error.dict", "body")));
    }

    private static boolean isPair(Object item) {
        return item instanceof List<?> pair && pair.size() == 2 && pair.get(0) instanceof String;
    }
}
