package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCommandsTest {

    private static final String PIPELINE = """
            # the pipeline of our team
            global: {}
            output:   # nothing is kept
              group: Output
              module: intelmq.bots.outputs.blackhole.output
              parameters: {}
            """;

    @TempDir
    private Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void pipeline() throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(file(), PIPELINE);
    }

    private Path file() {
        return root.resolve("etc/runtime.yaml");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        return IntelmqCtl.run(all.toArray(String[]::new), Map.of(), new PrintStream(out), new PrintStream(err), false, new IdleControl(() -> null, false));
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void addsAFeedAndKeepsComments() throws IOException {
        assertEquals(0, run("add", "feed", "abuse.ch feodo tracker", "--set", "key=my-secret", "--to", "output"), told());
        String changed = Files.readString(file());
        assertTrue(changed.startsWith(PIPELINE), changed);
        assertTrue(changed.contains("Auth-Key: my-secret") || changed.contains("\"Auth-Key\": \"my-secret\""), changed);
        assertFalse(told().contains("my-secret"), told());
        assertEquals(1, run("add", "feed", "abuse-ch-feodo-tracker", "--set", "key=other", "--to", "output"));
        assertTrue(told().contains("there is a bot 'abuse-ch-feodo-tracker-collector' already"), told());
        assertEquals(changed, Files.readString(file()));
        assertEquals(0, run("add", "feed", "Spamhaus Drop"), told());
    }

    @Test
    void writesNothingIfSomethingIsMissingOrWrong() throws IOException {
        assertEquals(1, run("add", "feed", "urlhaus recent", "--to", "output"));
        assertTrue(told().contains("--set key=… is missing: a free key from https://auth.abuse.ch/"), told());
        assertEquals(1, run("add", "feed", "Spamhaus Drop", "--to", "output", "--set", "rate_limit=soon"));
        assertTrue(told().contains("nothing was written") && told().contains("'rate_limit'"), told());
        assertEquals(1, run("add", "feed", "nothing at all"));
        assertTrue(told().contains("there is no feed \"nothing at all\""), told());
        assertEquals(1, run("add", "feed", "spamhaus-edrop", "--to", "output"));
        assertTrue(told().contains("is dead: merged into DROP"), told());
        assertEquals(2, run("add", "bot", "x"));
        assertEquals(PIPELINE, Files.readString(file()));
    }

    @Test
    void neverShowsWhatIsSet() throws IOException {
        PrintStream before = System.err;
        System.setErr(new PrintStream(err));
        try {
            assertEquals(0, run("add", "feed", "abuse.ch feodo tracker", "--set", "key=\"hidden'{", "--to", "output"), told());
            assertFalse(told().contains("hidden"), told());
            assertEquals("\"hidden'{", ((Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) Yaml.read(Files.readString(file()), "runtime.yaml"))
                    .get("abuse-ch-feodo-tracker-collector")).get("parameters")).get("http_header")).get("Auth-Key"));
            assertEquals(2, run("add", "feed", "urlhaus recent", "--set", "hidden", "--to", "output"));
            assertTrue(told().contains("--set number 1 is not of the form NAME=VALUE"), told());
            assertFalse(told().contains("hidden"), told());
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void listsFeedsForPeopleAndPrograms() {
        assertEquals(0, run("list", "feeds"));
        assertTrue(told().contains("======== Abuse.ch ========") && told().contains("    --set key=…  a free key from https://auth.abuse.ch/"), told());
        assertEquals(0, run("--type", "json", "list", "feeds"));
        List<?> feeds = (List<?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertTrue(feeds.size() >= 90, String.valueOf(feeds.size()));
        assertEquals("abuse-ch-feodo-tracker", ((Map<?, ?>) feeds.get(0)).get("id"));
    }
}
