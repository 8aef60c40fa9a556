package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;

/** What the console assumes about our REST interface. */
class ConsoleTypesTest {

    private static final Path TYPES = Path.of("src/main/webapp/app/core/types.js");
    private static final String TAG = "@typedef {";
    /** Maps that no record stands for, and what the stream tells. */
    private static final Set<String> OTHERS = Set.of("BotType", "Parameter", "Section", "Status", "News", "Tapped");
    private static final int FEWEST = 30;

    @Test
    void everyTypeHasOnlyFieldsThatSomeAnswerHas() throws IOException {
        Collection<Set<?>> answers = answers();
        Map<String, Set<String>> types = types(Files.readString(TYPES).replaceAll("(?m)^ \\* ?", " "));
        assertTrue(types.size() > FEWEST, () -> "found only " + types.keySet());
        Map<String, Set<String>> wrong = new TreeMap<>();
        types.forEach((name, fields) -> {
            if (!OTHERS.contains(name) && answers.stream().noneMatch(answer -> answer.containsAll(fields))) {
                wrong.put(name, fields);
            }
        });
        assertEquals(Map.of(), wrong);
    }

    private static Collection<Set<?>> answers() throws IOException {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            Map<?, ?> description = (Map<?, ?>) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<?, ?> schemas = (Map<?, ?>) ((Map<?, ?>) description.get("components")).get("schemas");
            return schemas.values().stream().map(schema -> ((Map<?, ?>) schema).get("properties")).filter(Map.class::isInstance)
                    .<Set<?>>map(properties -> ((Map<?, ?>) properties).keySet()).collect(Collectors.toList());
        }
    }

    /** The fields of each type that is an object. */
    private static Map<String, Set<String>> types(String source) {
        Map<String, Set<String>> types = new LinkedHashMap<>();
        for (int at = source.indexOf(TAG); at >= 0; at = source.indexOf(TAG, at + 1)) {
            int begin = at + TAG.length();
            int end = closing(source, begin);
            Set<String> fields = fields(source.substring(begin, end));
            if (!fields.isEmpty()) {
                types.put(source.substring(end + 1).strip().split("\\W", 2)[0], fields);
            }
        }
        return types;
    }

    /** The brace that ends what begins there. */
    private static int closing(String source, int begin) {
        int depth = 1;
        int at = begin;
        while (depth > 0) {
            char c = source.charAt(at++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return at - 1;
    }

    private static Set<String> fields(String type) {
        Set<String> fields = new TreeSet<>();
        int depth = 0;
        boolean named = false;
        StringBuilder name = new StringBuilder();
        for (char c : type.toCharArray()) {
            boolean opens = c == '{' || c == '<' || c == '(' || c == '[';
            boolean closes = c == '}' || c == '>' || c == ')' || c == ']';
            if (opens && depth++ == 0 || c == ',' && depth == 1) {
                named = c == '{' || c == ',' && named;
                name.setLength(0);
            } else if (closes) {
                depth--;
            } else if (c == ':' && depth == 1 && named) {
                fields.add(name.toString().replace("?", "").strip());
                name.setLength(0);
            } else if (depth == 1) {
                name.append(c);
            }
        }
        return fields;
    }
}
