package org.intelmq.manager;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The checked parameters of one request. */
record Arguments(Map<String, Object> values) {

    /** @throws InvalidRequest naming all that is wrong */
    static Arguments read(List<Parameter> parameters, Map<String, String> given) throws InvalidRequest {
        Map<String, Object> values = new HashMap<>();
        List<Map<String, Object>> wrong = new ArrayList<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.read(given.get(parameter.name()), wrong)));
        if (!wrong.isEmpty()) {
            throw new InvalidRequest(wrong);
        }
        return new Arguments(values);
    }

    /** {@code null} if it was left out. */
    String text(String name) {
        return (String) values.get(name);
    }

    boolean truth(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    int number(String name) {
        return (Integer) values.get(name);
    }
}
