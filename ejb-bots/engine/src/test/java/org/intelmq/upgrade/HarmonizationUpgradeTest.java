package org.intelmq.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarmonizationUpgradeTest {

    private final Map<String, Object> harmonization = new LinkedHashMap<>();

    private Object upgrade() {
        return ConfigurationUpgrade.tryOut("harmonization", new LinkedHashMap<>(), harmonization);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> event() {
        return (Map<String, Object>) harmonization.get("event");
    }

    @Test
    void addsTheFieldsThatCameLaterAndKeepsOwnOnes() {
        upgrade();
        event().remove("severity");
        event().remove("product.vulnerabilities");
        event().remove("constituency");
        event().put("customer", Map.of("type", "String"));
        assertEquals(true, upgrade());
        assertEquals("^(critical|high|medium|low|info|undefined)$", ((Map<?, ?>) event().get("severity")).get("regex"));
        assertEquals("LowercaseString", ((Map<?, ?>) event().get("product.vulnerabilities")).get("type"));
        assertEquals("String", ((Map<?, ?>) event().get("constituency")).get("type"));
        assertEquals(Map.of("type", "String"), event().get("customer"));
        assertNull(upgrade());
    }
}
