package org.intelmq.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class YamlTest {

    private static final String PIPELINE = """
            # our pipeline
            global:
              logging_level: INFO # as the others

            feed:   # fetched hourly
                module: some.collector
                enabled: true
                parameters:
                    destination_queues: {_default: [table-queue]}
                    # kept short
                    rate_limit: 3600

            table:
              module: some.parser
            """;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> changed(String text, java.util.function.Consumer<Map<String, Map<String, Object>>> change) {
        Map<String, Object> value = (Map<String, Object>) Yaml.read(text, "test");
        change.accept((Map<String, Map<String, Object>>) (Map<?, ?>) value);
        return value;
    }

    @Test
    void readsWordsAndNumbersAsYamlOnePointTwo() {
        Map<?, ?> read = (Map<?, ?>) Yaml.read("a: yes\nb: 012\nc: 1_000\nd: 1e3\ne: True\nf: ~\ng: 0x1F\nh: '1'\ni: .inf\nj: +5", "test");
        assertEquals("{a=yes, b=12, c=1000, d=1000.0, e=true, f=null, g=31, h=1, i=Infinity, j=5}", read.toString());
        assertEquals("1", read.get("h"));
        assertNull(Yaml.read("", "test"));
    }

    @Test
    void mergesAnchoredMaps() {
        assertEquals(Map.of("b", 1L, "e", 2L), ((Map<?, ?>) Yaml.read("a: &x {b: 1}\nd: {<<: *x, e: 2}", "test")).get("d"));
    }

    @Test
    void refusesKeysGivenTwice() {
        String message = assertThrows(ConfigurationFileException.class, () -> Yaml.read("a: 1\na: 2", "some.yaml")).getMessage();
        assertEquals("some.yaml has the key 'a' twice in line 2", message);
    }

    @Test
    void changesNothingButWhatDiffers() {
        Map<String, Object> target = changed(PIPELINE, bots -> {
            bots.get("feed").put("enabled", false);
            bots.get("table").put("enabled", false);
        });
        String updated = Yaml.update(PIPELINE, target, "test");
        assertEquals(PIPELINE.replace("enabled: true", "enabled: false").replace("some.parser", "some.parser\n  enabled: false"), updated);
    }

    @Test
    void addsAndRemovesWholeSections() {
        Map<String, Object> target = changed(PIPELINE, bots -> {
            bots.remove("feed");
            bots.put("tags", new TreeMap<>(Map.of("module", "some.expert", "parameters", Map.of("queues", List.of("a", "b")))));
            bots.get("global").remove("logging_level");
            bots.get("global").put("answer", "yes: 012");
        });
        String updated = Yaml.update(PIPELINE, target, "test");
        assertEquals(target, Yaml.read(updated, "test"));
        assertTrue(updated.startsWith("# our pipeline\nglobal:\n"), updated);
    }

    @Test
    void keepsJsonJson() {
        String json = "{\n    \"feed\": {\"enabled\": true, \"module\": \"some.collector\"}\n}\n";
        Map<String, Object> target = changed(json, bots -> bots.get("feed").put("enabled", false));
        String updated = Yaml.update(json, target, "test");
        assertEquals(target, Yaml.read(updated, "test"));
        assertTrue(updated.startsWith("{") && updated.contains("\"enabled\": false"), updated);
    }
}
