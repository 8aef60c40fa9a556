package org.intelmq.server.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server's own description of its interface, and whether an answer is as it says. */
public final class Description {

    private final Map<?, ?> document;

    public Description(Object document) {
        this.document = (Map<?, ?>) document;
    }

    /** Path to what can be asked there, such as {@code get}. */
    public Map<String, List<String>> operations() {
        Map<String, List<String>> operations = new LinkedHashMap<>();
        ((Map<?, ?>) document.get("paths")).forEach((path, item) -> operations.put((String) path,
                ((Map<?, ?>) item).keySet().stream().map(String.class::cast).filter(List.of("get", "put", "post", "patch", "delete")::contains).toList()));
        return operations;
    }

    /** Whether the body is to be JSON, and not text of whatever type. */
    public boolean takesJson(String path, String method) {
        Map<?, ?> body = at(at(at(at(document, "paths"), path), method), "requestBody");
        return body == null || ((Map<?, ?>) body.get("content")).containsKey("application/json");
    }

    /** What is not as the description says: of an answer with this status, that of a success else that of a refusal. */
    public List<String> problems(String path, String method, int status, Object answer) {
        Map<?, ?> responses = (Map<?, ?>) at(at(at(document, "paths"), path), method).get("responses");
        Object response = status / 100 == 2 ? responses.entrySet().stream().filter(each -> each.getKey().toString().startsWith("2")).findFirst()
                .orElseThrow().getValue() : responses.get("default");
        Map<?, ?> content = (Map<?, ?>) ((Map<?, ?>) response).get("content");
        List<String> problems = new ArrayList<>();
        if (content != null) {
            Object type = content.get(status / 100 == 2 ? "application/json" : "application/problem+json");
            check("answer", answer, type == null ? Map.of() : (Map<?, ?>) ((Map<?, ?>) type).get("schema"), problems);
        }
        return problems;
    }

    private static Map<?, ?> at(Map<?, ?> map, String key) {
        return (Map<?, ?>) map.get(key);
    }

    private void check(String where, Object value, Map<?, ?> schema, List<String> problems) {
        if (schema == null) {
            return;
        }
        if (schema.get("$ref") instanceof String ref) {
            check(where, value, at(at(at(document, "components"), "schemas"), ref.substring(ref.lastIndexOf('/') + 1)), problems);
        } else if (schema.get("anyOf") instanceof List<?> any) {
            boolean fits = any.stream().anyMatch(each -> {
                List<String> found = new ArrayList<>();
                check(where, value, (Map<?, ?>) each, found);
                return found.isEmpty();
            });
            if (!fits) {
                problems.add(where + " is none of " + any + ": " + value);
            }
        } else if (!isOfType(value, schema.get("type"))) {
            problems.add(where + " is no " + schema.get("type") + ": " + value);
        } else if (schema.get("enum") instanceof List<?> words && value != null && !words.contains(value)) {
            problems.add(where + " is none of " + words + ": " + value);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(where + "[" + i + "]", list.get(i), (Map<?, ?>) schema.get("items"), problems);
            }
        } else if (value instanceof Map<?, ?> map) {
            checkFields(where, map, schema, problems);
        }
    }

    private void checkFields(String where, Map<?, ?> map, Map<?, ?> schema, List<String> problems) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        map.forEach((name, value) -> {
            if (properties.containsKey(name)) {
                check(where + "." + name, value, (Map<?, ?>) properties.get(name), problems);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> any) {
                check(where + "." + name, value, any, problems);
            } else if (!properties.isEmpty()) {
                problems.add(where + "." + name + " is not described");
            }
        });
        properties.keySet().stream().filter(name -> !map.containsKey(name)).forEach(name -> problems.add(where + "." + name + " is missing"));
    }

    private static boolean isOfType(Object value, Object type) {
        if (type instanceof List<?> several) {
            return several.stream().anyMatch(each -> isOfType(value, each));
        }
        return type == null || switch (type.toString()) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long || value instanceof Integer;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?>;
            default -> value instanceof Map<?, ?>;
        };
    }
}
