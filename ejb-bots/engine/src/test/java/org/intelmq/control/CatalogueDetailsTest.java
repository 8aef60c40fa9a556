package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

class CatalogueDetailsTest {

    private static final Catalogue CATALOGUE = Catalogue.load(CatalogueDetailsTest.class.getClassLoader());

    @Test
    void thePageHasEachBotAndEachParameterWithAllItsFacts() {
        String page = CatalogueDetails.markdown(CATALOGUE, List.of());

        for (BotType<?> type : CATALOGUE.types()) {
            int begin = page.indexOf("`" + type.module() + "`: " + type.description());
            assertTrue(begin > 0, type.module());
            int end = page.indexOf("\n### ", begin);
            String section = page.substring(begin, end < 0 ? page.length() : end);
            for (ParameterSchema.Parameter parameter : ParameterSchema.of(type.params()).parameters()) {
                String row = section.lines().filter(line -> line.startsWith("| `" + parameter.name() + "` |")).findFirst()
                        .orElseThrow(() -> new AssertionError(type.module() + " lacks " + parameter.name()));
                assertTrue(row.contains(parameter.meaning().replace("|", "\\|")), row);
                assertEquals(parameter.required(), row.contains("| required |"), row);
                assertEquals(parameter.secret(), row.contains("Secret."), row);
            }
        }
    }

    @Test
    void programsGetTheSameFacts() {
        List<?> experts = (List<?>) CatalogueDetails.of(CATALOGUE).get("Expert");
        Map<?, ?> deduplicator = (Map<?, ?>) experts.stream()
                .filter(expert -> "intelmq.bots.experts.deduplicator.expert".equals(((Map<?, ?>) expert).get("module"))).findFirst().orElseThrow();
        Map<?, ?> keys = (Map<?, ?>) ((List<?>) deduplicator.get("parameters")).stream()
                .filter(parameter -> "redis_cache_password".equals(((Map<?, ?>) parameter).get("name"))).findFirst().orElseThrow();

        assertEquals(List.of("name", "type", "default", "required", "meaning", "example", "secret"), List.copyOf(keys.keySet()));
        assertEquals(true, keys.get("secret"));
    }
}
