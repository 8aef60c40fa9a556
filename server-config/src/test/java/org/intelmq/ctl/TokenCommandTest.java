package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {

    @TempDir
    private Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int call(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        return IntelmqCtl.run(all.toArray(String[]::new), Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, null);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsATokenOnceAndListsWithoutIt() {
        assertEquals(0, call("-q", "token", "add", "ci", "--role", "editor", "--days", "7"));
        String token = said().strip();
        assertTrue(token.matches("intelmq_[0-9a-f]{64}"), token);
        assertEquals(0, call("token", "list"));
        assertTrue(said().startsWith("ci - editor, until "), said());
        assertFalse(said().contains(token));
        assertEquals(0, call("--type", "json", "token", "add", "wall", "--display"));
        Map<?, ?> wall = (Map<?, ?>) Json.parse(said());
        assertEquals(List.of("wall", "viewer", true), List.of(wall.get("name"), wall.get("role"), wall.get("display")));
        assertEquals(0, call("token", "remove", (String) wall.get("id")));
        assertEquals(1, call("token", "remove", "wall"));
        assertEquals(0, call("--type", "json", "token", "list"));
        assertEquals(1, ((List<?>) Json.parse(said())).size());
    }

    @Test
    void saysWhatCannotBe() {
        for (String[] wrong : new String[][] {{"add"}, {"add", "a b"}, {"add", "x", "--role", "king"}, {"add", "x", "--days", "1000"},
            {"add", "x", "--display", "--role", "admin"}, {"give", "x"}}) {
            List<String> arguments = new ArrayList<>(List.of("token"));
            arguments.addAll(List.of(wrong));
            assertEquals(2, call(arguments.toArray(String[]::new)), String.join(" ", wrong));
            assertTrue(err.toString(StandardCharsets.UTF_8).contains("error: "), err::toString);
        }
    }
}
