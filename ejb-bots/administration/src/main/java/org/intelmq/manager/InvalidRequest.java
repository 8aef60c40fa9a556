package org.intelmq.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with the parameters or the body of a request, in the form that clients of the original know. */
final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Map<String, Object>> details;

    InvalidRequest(List<Map<String, Object>> details) {
        super(details.toString());
        this.details = List.copyOf(details);
    }

    /** {@code {"detail": [{"loc", "msg", "type"}, …]}} with status 422. */
    Answer answer() {
        return Answer.json(422, Map.of("detail", details));
    }

    static Map<String, Object> missing(Object... place) {
        return detail("field required", "value_error.missing", place);
    }

    static Map<String, Object> detail(String message, String type, Object... place) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("loc", new ArrayList<>(List.of(place)));
        detail.put("msg", message);
        detail.put("type", type);
        return detail;
    }
}
