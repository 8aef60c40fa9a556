package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class CatalogueListingTest {

    private static final Map<String, Object> GROUPS = CatalogueListing.of(Catalogue.load(CatalogueListingTest.class.getClassLoader()));

    private static Object byDefault(String group, String name, String parameter) {
        return ((Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) GROUPS.get(group)).get(name)).get("parameters")).get(parameter);
    }

    /** The web manager writes them into the configuration of a new bot. */
    @Test
    void defaultsAreWhatAConfigurationHas() {
        for (List<Object> row : List.of(List.<Object>of("Output", "File", "hierarchical_output", false),
                List.<Object>of("Output", "SMTP", "smtp_port", 25L), List.<Object>of("Expert", "Deduplicator", "redis_cache_ttl", 86400L),
                List.<Object>of("Expert", "Threshold", "filter_keys", List.of("raw", "time.observation")),
                List.<Object>of("Collector", "Generic URL Fetcher", "extract_files", false),
                List.<Object>of("Output", "File", "encoding_errors_mode", "strict"))) {
            assertEquals(row.get(3), byDefault((String) row.get(0), (String) row.get(1), (String) row.get(2)), row::toString);
        }
        assertEquals(null, byDefault("Output", "SMTP", "smtp_password"));
    }
}
