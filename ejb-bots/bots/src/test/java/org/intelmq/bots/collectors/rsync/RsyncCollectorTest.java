package org.intelmq.bots.collectors.rsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.NeedsCommand;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the machine's rsync, on folders of this machine. */
@Timeout(60)
@NeedsCommand("rsync")
class RsyncCollectorTest {

    @TempDir
    private Path folder;
    private Path source;

    @BeforeEach
    void layOut() throws IOException {
        source = Files.createDirectories(folder.resolve("source $(touch x); '"));
    }

    private RecordingOutbox collect(Object... more) throws Exception {
        Object[] parameters = new Object[4 + more.length];
        System.arraycopy(new Object[] {"rsync_path", source.toString(), "file", "list.csv"}, 0, parameters, 0, 4);
        System.arraycopy(more, 0, parameters, 4, more.length);
        return Poll.once(Poll.collector(RsyncCollector.TYPE, new TestContext().dataDirectory(folder.resolve("data")), parameters));
    }

    @Test
    void fetchesTheFileAsItIs() throws Exception {
        Files.writeString(source.resolve("list.csv"), "a\r\nb\n", StandardCharsets.US_ASCII);
        assertEquals(List.of("a\r\nb\n"), Poll.contents(collect()));
        Files.writeString(source.resolve("list.csv"), "changed\n");
        assertEquals(List.of("changed\n"), Poll.contents(collect()));
        assertFalse(Files.exists(Path.of("x")), "no shell has seen the path");
        assertTrue(Files.exists(folder.resolve("data/rsync_collector/test-bot/list.csv")));
        try (var left = Files.list(folder.resolve("data/rsync_collector/test-bot"))) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void findsTheFileOfTheDay() throws Exception {
        Files.createDirectories(source.resolve("2024"));
        Files.writeString(source.resolve("2024/2024-05-16.csv"), "yesterday");
        assertEquals(List.of("yesterday"), Poll.contents(collect("rsync_path", source + "/{time[%Y]}", "file", "{time[%Y-%m-%d]}.csv",
                "rsync_file_path_formatting", Map.of("days", -1L))));
    }

    @Test
    void tellsWhatRsyncComplainsOf() {
        String told = assertThrows(IOException.class, this::collect).getMessage();
        assertTrue(told.startsWith("rsync failed with exit code 23: rsync: ") && told.contains("No such file or directory"), told);
        assertTrue(assertThrows(IOException.class, () -> collect("extra_params", "--no-such-option")).getMessage().contains("unknown option"));
    }

    @Test
    void takesNoMoreTimeThanItMay() throws Exception {
        Path ssh = Files.writeString(folder.resolve("ssh"), "#!/bin/sh\nexec sleep 300\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        String told = assertThrows(IOException.class,
                () -> collect("rsync_path", "host.example:/feeds", "extra_params", "-e " + ssh, "time_limit", "500ms")).getMessage();
        assertEquals("rsync was stopped after 0 s: raise time_limit to wait longer", told);
        assertFalse(ProcessHandle.current().descendants().anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 300")),
                "ssh goes with it");
    }

    @Test
    void noNameIsTakenForAnOption() {
        assertEquals("parameter 'rsync_path' cannot be \"--rsh=sh\": expected a path, which does not begin with a dash",
                assertThrows(ConfigurationException.class, () -> collect("rsync_path", "--rsh=sh")).getMessage());
        assertEquals("parameter 'file' cannot be \"-e\": expected a file's name, which does not begin with a dash",
                assertThrows(ConfigurationException.class, () -> collect("file", "-e")).getMessage());
    }

    @Test
    void refusesWrongParameters() {
        assertEquals(List.of("parameters 'private_key' and 'private_key_path' are both set: expected one of them"),
                ParameterSchema.of(RsyncCollector.Params.class)
                .read(Map.of("rsync_path", "p", "file", "f", "private_key", "k", "private_key_path", "/k"), Set.of()).problems());
        assertTrue(assertThrows(ConfigurationException.class, () -> collect("extra_params", "--exclude 'x")).getMessage().contains("a quote ' is not closed"));
        assertTrue(assertThrows(ConfigurationException.class, () -> collect("temp_directory", folder.resolve("a/b").toString())).getMessage()
                .startsWith("parameter 'temp_directory' cannot be"));
    }

    @Test
    void aKeyInAnyFormBecomesAFileForItsOwnerAlone() throws Exception {
        String content = "A".repeat(100);
        String lines = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + "A".repeat(70) + '\n' + "A".repeat(30) + "\n-----END OPENSSH PRIVATE KEY-----\n";
        assertEquals(lines, SshKey.lines(content));
        assertEquals(lines, SshKey.lines(lines));
        assertEquals(lines, SshKey.lines(lines.replace("\n", " ")));
        Path file = SshKey.write(content, folder.resolve("keys"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(lines, Files.readString(SshKey.write(content, folder.resolve("keys"))));
    }
}
