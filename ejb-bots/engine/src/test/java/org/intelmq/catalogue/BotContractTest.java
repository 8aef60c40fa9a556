package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every bot, so that no bot's own test repeats it. */
class BotContractTest {

    private static final Catalogue CATALOGUE = Catalogue.load(BotContractTest.class.getClassLoader());

    @TestFactory
    Stream<DynamicTest> everyBot() {
        return CATALOGUE.types().stream().map(type -> DynamicTest.dynamicTest(type.module(), () -> check(type)));
    }

    private static void check(BotType<?> type) {
        String group = type.group().title().toLowerCase(Locale.ROOT) + "s";
        assertTrue(type.module().matches("intelmq\\.bots\\." + group + "(\\.[a-z0-9_]+){2}"), "module " + type.module());
        assertFalse(type.name().isBlank(), "display name");
        assertTrue(type.description().matches("(?s)[A-Z0-9].*\\."), "description is a sentence: " + type.description());
        for (ParameterSchema.Parameter parameter : ParameterSchema.of(type.params()).parameters()) {
            assertTrue(parameter.name().matches("[a-z][a-z0-9_]*"), "parameter " + parameter.name());
            assertTrue(parameter.meaning().matches("(?s)[A-Z].*\\."), "parameter " + parameter.name() + " is explained by a sentence: " + parameter.meaning());
            boolean holdsSecret = parameter.name().contains("password") || parameter.name().endsWith("token") || parameter.name().endsWith("api_key");
            assertTrue(!holdsSecret || parameter.secret(), "parameter " + parameter.name() + " must be marked as secret");
        }
        acceptsItsDefaultsAndExamples(type.params());
    }

    private static <P extends Record> void acceptsItsDefaultsAndExamples(Class<P> params) {
        ParameterSchema<P> schema = ParameterSchema.of(params);
        List<String> problems = new ArrayList<>();
        for (ParameterSchema.Parameter parameter : schema.parameters()) {
            for (String value : new String[] {parameter.defaultValue(), parameter.example()}) {
                if (value != null && !value.isEmpty() && !parameter.type().startsWith("a map")) {
                    Map<String, Object> only = new LinkedHashMap<>();
                    only.put(parameter.name(), value);
                    schema.read(only, Set.of()).problems().stream()
                            .filter(problem -> problem.startsWith("parameter '" + parameter.name() + "' cannot be")).forEach(problems::add);
                }
            }
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void noNameIsTakenTwiceInAGroup() {
        Set<String> names = new HashSet<>();
        List<String> twice = CATALOGUE.types().stream().map(type -> type.group() + " " + type.name()).filter(name -> !names.add(name)).toList();
        assertEquals(List.of(), twice);
    }
}
