package org.intelmq.server.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.message.Json;

/** The server's own description of its interface, and whether an answer is as it says. */
public final class ServedDescription {

    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private final Map<?, ?> document;

    public ServedDescription(Object document) {
        this.document = (Map<?, ?>) document;
    }

    /** All that can be asked, each as {@code get /api/v1/bots/{id}}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        paths().forEach((path, item) -> ((Map<?, ?>) item).keySet().stream().map(String.class::cast).filter(METHODS::contains)
                .forEach(method -> operations.add(method + " " + path)));
        return operations;
    }

    /**
     * The path as it is described, of one as it is asked; that with the fewest parameters, if there are several.
     *
     * @throws IllegalArgumentException if nothing of the kind is described
     */
    public String path(String method, String asked) {
        return operations().stream().filter(each -> each.startsWith(method + " ")).map(each -> each.substring(method.length() + 1))
                .filter(path -> asked.matches(path.replace(".", "\\.").replace("{file}", ".+").replaceAll("\\{\\w+}", "[^/]+")))
                .min(Comparator.comparing(path -> path.chars().filter(letter -> letter == '{').count()))
                .orElseThrow(() -> new IllegalArgumentException(method + " " + asked + " is not described"));
    }

    /** What is not as the description says: of an answer with this status, that of a success else that of a refusal. */
    public List<String> problems(String path, String method, int status, String type, String body) {
        Map<?, ?> responses = (Map<?, ?>) at(at(paths(), path), method).get("responses");
        Map<?, ?> response = at(responses, status / 100 == 2 || responses.containsKey(String.valueOf(status)) ? String.valueOf(status) : "default");
        if (response == null) {
            return List.of("the status is none of " + responses.keySet());
        }
        Map<?, ?> contents = at(response, "content");
        if (contents == null) {
            return body.isEmpty() ? List.of() : List.of("nothing is described, and there is " + body);
        }
        Map<?, ?> content = at(contents, type);
        if (content == null || status / 100 != 2 && !type.equals("application/problem+json")) {
            return List.of("its type " + type + " is none of " + contents.keySet());
        }
        List<String> problems = new ArrayList<>();
        if (type.endsWith("json") && !type.startsWith("application/x-")) {
            check("answer", Json.parse(body), at(content, "schema"), problems);
        }
        return problems;
    }

    private Map<?, ?> paths() {
        return at(document, "paths");
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
