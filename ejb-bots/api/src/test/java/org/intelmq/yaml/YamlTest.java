package org.intelmq.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        Map<?, ?> read = (Map<?, ?>) Yaml.read("a: yes\nb: 012\nc: 1_000\nd: 1e3\ne: True\nf: ~\ng: 0x1F\nh: '1'\ni: '.inf'\nj: +5", "test");
        assertEquals("{a=yes, b=12, c=1000, d=1000.0, e=true, f=null, g=31, h=1, i=.inf, j=5}", read.toString());
        assertEquals("1", read.get("h"));
        assertNull(Yaml.read("", "test"));
    }

    /** JSON has no such numbers, so nobody could be told of them. */
    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.Inf", ".nan", "1e999999999", "-1.5E+400"})
    void refusesNumbersThatAreNotFinite(String number) {
        String message = assertThrows(ConfigurationFileException.class,
                () -> Yaml.read("bot:\n  parameters: [1, {x: " + number + "}]", "some.yaml")).getMessage();
        assertEquals("some.yaml has '" + number + "' in line 2 (bot.parameters.2.x): expected a finite number, or text in quotes", message);
    }

    /** A million digits would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"0x", "0b", "", "-", "1."})
    void refusesLongNumbersBeforeTheyAreConverted(String start) {
        String number = start + "1".repeat(1_000_000);
        String message = assertTimeoutPreemptively(Duration.ofSeconds(10),
                () -> assertThrows(ConfigurationFileException.class, () -> Yaml.read("a: 1\nb: " + number, "some.yaml")).getMessage());
        assertEquals("some.yaml has a number of " + number.length() + " characters in line 2 (b): expected at most 1000", message);
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

    /** As the web manager does: it gives each bot keys of its own, and a new bot comes after the last. */
    @Test
    void addsToTheLastSectionAndBehindIt() {
        for (String text : List.of("# ours\na:\n  module: x # first\nz:\n  module: y\n  parameters: {file: f} # kept\n", "a: {module: x}\nz: {module: y}\n",
                "# ours\na:\n  module: x\nz:\n  module: y\n  parameters:\n    file: f")) {
            Map<String, Object> target = changed(text, bots -> {
                bots.values().forEach(bot -> {
                    bot.put("bot_id", "b");
                    bot.put("groupname", "outputs");
                });
                bots.put("new", new TreeMap<>(Map.of("bot_id", "new", "module", "z", "groupname", "experts")));
            });
            String updated = Yaml.update(text, target, "test");
            assertEquals(target, Yaml.read(updated, "test"), updated);
            assertTrue(!text.contains("# ours") || updated.startsWith("# ours\n"), updated);
            assertTrue(!text.contains("# kept") || updated.contains("# kept\n"), updated);
        }
    }

    @Test
    void keepsJsonJson() {
        String json = "{\n    \"feed\": {\"enabled\": true, \"module\": \"some.collector\"}\n}\n";
        Map<String, Object> target = changed(json, bots -> bots.get("feed").put("enabled", false));
        String updated = Yaml.update(json, target, "test");
        assertEquals(target, Yaml.read(updated, "test"));
        assertTrue(updated.startsWith("{") && updated.contains("\"enabled\": false"), updated);
    }

    private static String disabled(String text, String bot) {
        Map<String, Object> target = changed(copied(text), bots -> bots.get(bot).put("enabled", false));
        String updated = Yaml.update(text, target, "test");
        assertEquals(target, Yaml.read(updated, "test"), updated);
        return updated;
    }

    /** Without parts that are the same object, as {@code changed} would change them all. */
    private static String copied(String text) {
        return Json.write(Yaml.read(text, "test"));
    }

    @Test
    void changesOneBotAloneWhereOthersReferToIt() {
        assertEquals("a: &x\n  enabled: true\nb:\n  enabled: false\n", disabled("a: &x\n  enabled: true\nb: *x\n", "b"));
        assertEquals("a: &x\n  enabled: false\nb:\n  enabled: true\n", disabled("a: &x\n  enabled: true\nb: *x\n", "a"));
        assertEquals("a:\n  enabled: &e false\nb:\n  enabled: true\n", disabled("a:\n  enabled: &e true\nb:\n  enabled: *e\n", "a"));
        assertEquals("a: &x\n  enabled: true\nb:\n  <<: *x # as a\n  # ours\n  name: 'B'\n  enabled: false\n",
                disabled("a: &x\n  enabled: true\nb:\n  <<: *x # as a\n  # ours\n  name: 'B'\n", "b"));
        assertEquals("a: &x\n  enabled: false\nb:\n  <<: *x # as a\n  name: 'B'\n  enabled: true\n",
                disabled("a: &x\n  enabled: true\nb:\n  <<: *x # as a\n  name: 'B'\n", "a"));
    }

    @Test
    void keepsLineEndsAndTheShapeOfJson() {
        assertEquals("a:\r\n  module: x # c\r\n  enabled: false\r\nb: {}\r\n", disabled("a:\r\n  module: x # c\r\nb: {}\r\n", "a"));
        assertEquals("{\n  \"a\": {\n    \"module\": \"x\",\n    \"enabled\": false\n  },\n  \"b\": {\"module\": \"y\"}\n}\n",
                disabled("{\n  \"a\": {\n    \"module\": \"x\"\n  },\n  \"b\": {\"module\": \"y\"}\n}\n", "a"));
    }

    @Test
    void readsWhatManyBotsShareButNotWhatWouldFillTheMemory() {
        StringBuilder bots = new StringBuilder("all: &all {k: v}\n");
        for (int i = 0; i < 500; i++) {
            bots.append("b").append(i).append(": {<<: *all}\n");
        }
        assertEquals(501, ((Map<?, ?>) Yaml.read(bots.toString(), "test")).size());
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertTrue(refusal(bomb.toString()).startsWith("test stands for more than 1000000 values"));
        assertEquals("test has a value that contains itself in line 1", refusal("a: &x [*x]"));
        assertEquals("test is nested too deeply", refusal("[".repeat(100_000)));
    }

    @Test
    void namesAMistakeAndItsPlaceOnOneLine() {
        String message = refusal("a:\n  b: [1, 2\n\nc: 3\n");
        assertTrue(message.matches("test is not valid YAML: [^\n]+ in line 4, column [0-9]+ \\([^\n]+, which begins in line 2\\)"), message);
    }

    private static String refusal(String text) {
        return assertThrows(ConfigurationFileException.class, () -> Yaml.read(text, "test")).getMessage();
    }

    @Test
    void makesNothingOfTagsAndSaysWhatIsNoNumber() {
        assertEquals(Map.of("a", Map.of("b", "c")), Yaml.read("a: !!python/object:os.system\n  b: !!java.io.File c\n", "test"));
        assertEquals("test has 'abc' where a number is expected in line 2", refusal("a: 1\nb: !!int abc"));
        assertEquals("test has '0x_' where a number is expected in line 1", refusal("a: 0x_"));
    }

    @Test
    void readsAsItsTargetWhateverIsChanged() {
        List<String> texts = List.of(PIPELINE,
                "%YAML 1.2\n---\na: &x # first\n  k: &k 1\n  q:\n  - &q b\n  - *q # last\n  # end\n\n"
                        + "b: *x\nc:\n  <<: *x\n  k: *k\n  m: {n: *k, o: [*q], p: *x}\n...\n",
                "a:\n  ? k\n  : v\n  t: |\n    one\n    two\n\n  u: >+\n    three\n\n\nb:\n  e:\n  f: ''\n# end",
                "\uFEFF{\"a\": {\"k\": 1, \"l\": [1, {\"m\": null}]},\n \"b\": {},\n \"c\": {\"k\": \"\uD83D\uDE00\",\n    \"l\": true}}");
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            String text = texts.get(i % texts.size());
            text = i % 3 == 0 ? text.replace("\n", "\r\n") : text;
            Map<String, Object> target = changed(copied(text), value -> { });
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                change(target, random);
            }
            if (i % 5 == 0) {
                target.values().forEach(value -> {
                    if (value instanceof Map<?, ?> section) {
                        addTo(section, random);
                    }
                });
                addTo(target, random);
            }
            String updated = Yaml.update(text, target, "test");
            assertEquals(target, Yaml.read(updated, "test"), updated);
        }
    }

    @SuppressWarnings("unchecked")
    private static void addTo(Map<?, ?> section, Random random) {
        ((Map<String, Object>) section).put("k" + random.nextInt(9), new TreeMap<>(Map.of("k1", "x", "k2", List.of("y"))));
        ((Map<String, Object>) section).put("l", random.nextInt(9) / 2.0);
    }

    @SuppressWarnings("unchecked")
    private static void change(Map<String, Object> map, Random random) {
        List<String> keys = List.copyOf(map.keySet());
        String key = keys.isEmpty() || random.nextInt(4) == 0 ? "k" + random.nextInt(3) : keys.get(random.nextInt(keys.size()));
        if (map.get(key) instanceof Map<?, ?> inner && random.nextInt(5) > 0) {
            change((Map<String, Object>) inner, random);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(key, null);
            case 2 -> map.put(key, random.nextBoolean());
            case 3 -> map.put(key, List.of("x: y", (long) random.nextInt(9), Map.of("#", "- ")));
            case 4 -> map.put(key, new TreeMap<>(Map.of("n", "two\nlines", "o", new TreeMap<>(Map.of("p", 1.5)))));
            default -> map.put(key, " text: # " + random.nextInt(9));
        }
    }
}
