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
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalChangesTest {

    private static final String PIPELINE = """
            bot:
              group: Output
              enabled: true
              module: intelmq.bots.outputs.file.output
              parameters: {file: var/events.txt}
            """;

    @TempDir
    private Path root;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
    }

    private int ctl(String... arguments) {
        said.reset();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        return IntelmqCtl.run(arguments, Map.of("INTELMQ_ROOT_DIR", root.toString()), both, both, false, null);
    }

    private Path audit() {
        return root.resolve("var/lib/audit/audit.log");
    }

    /** What was written down, and what became of it. */
    private List<String> written() throws IOException {
        return Files.readAllLines(audit()).stream().map(line -> (Map<?, ?>) Json.parse(line))
                .peek(line -> assertEquals(List.of(System.getProperty("user.name"), "admin", "command line"),
                        List.of(line.get("who"), line.get("role"), line.get("way"))))
                .map(line -> line.get("what") + ": " + line.get("result")).toList();
    }

    @Test
    void areInTheAuditLogWithoutTheirSecrets() throws IOException {
        Path password = Files.writeString(root.resolve("password"), "a long enough password\n");
        assertEquals(0, ctl("user", "add", "anna", "--role", "editor", "--password-file", password.toString()), said::toString);
        assertEquals(1, ctl("user", "remove", "nobody"));
        assertEquals(0, ctl("token", "add", "wall"));
        ctl("disable", "bot");
        ctl("add", "feed", "none-such", "--set", "key=SECRET");

        assertEquals(List.of("user add anna --role editor --password-file " + password + ": done", "user remove nobody: failed", "token add wall: done",
                "disable bot: done", "add feed none-such --set key=…: failed"), written());
    }

    @Test
    void aFirstUserWhoIsNoAdministratorIsWarnedOf() throws IOException {
        Path password = Files.writeString(root.resolve("password"), "a long enough password\n");
        assertEquals(0, ctl("user", "add", "anna", "--role", "editor", "--password-file", password.toString()));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("There is no administrator yet"), said::toString);
        said.reset();
        assertEquals(0, ctl("user", "add", "bert", "--role", "editor", "--password-file", password.toString()));
        assertFalse(said.toString(StandardCharsets.UTF_8).contains("administrator"), said::toString);
    }

    @Test
    void whatOnlyLooksIsNot() {
        ctl("user", "list");
        ctl("token", "list");
        ctl("user", "--help");
        ctl("upgrade-config", "--dry-run");
        ctl("list", "bots", "--configured");
        assertFalse(Files.exists(audit()));
    }

    @Test
    void nothingIsChangedThatCannotBeWrittenDown() throws IOException {
        Files.createDirectories(audit().getParent().getParent());
        Files.writeString(audit().getParent(), "a file where the folder should be");
        assertEquals(1, ctl("disable", "bot"));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("the audit log " + audit() + " cannot be written"), said::toString);
        assertTrue(Files.readString(root.resolve("etc/runtime.yaml")).contains("enabled: true"));
    }
}
