package org.intelmq.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    @TempDir
    private Path root;
    private Path bots;

    @BeforeEach
    void layOut() throws Exception {
        bots = Files.createDirectory(root.resolve("bots"));
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.writeString(bots.resolve("small.txt"), "<script>");
        Files.writeString(bots.resolve("large.txt"), "x".repeat(3000));
        Files.createSymbolicLink(bots.resolve("link.txt"), root.resolve("secret.txt"));
    }

    private Answer show(String name, boolean whole) throws Exception {
        return new ConfigFiles(bots).show(name, whole);
    }

    @Test
    void showsSmallFilesAndNamesLargeOnes() throws Exception {
        assertEquals("{\"files\":{\"small.txt\":{\"contents\":\"<script>\"}}}", show(bots + "/small.txt", false).text());
        assertEquals("{\"files\":{\"large.txt\":{\"size\":3000,\"path\":\"" + bots.toRealPath() + "/large.txt\"}}}", show(bots + "/large.txt", false).text());
    }

    @Test
    void aWholeFileIsPlainTextForBrowsers() throws Exception {
        Answer answer = show(bots + "/small.txt", true);
        assertEquals("<script>", answer.text());
        assertEquals("text/plain; charset=utf-8", answer.headers().get("content-type"));
    }

    @Test
    void nothingElseIsShownWhateverLinksSay() throws Exception {
        for (String name : new String[] {root + "/secret.txt", bots + "/../secret.txt", bots + "/link.txt", "small.txt", "", bots + "/none/../../secret.txt"}) {
            assertEquals("[\"Unknown resource\"]", show(name, true).text(), name);
        }
        assertFalse(show(bots.toString(), false).text().contains("link.txt"));
        assertEquals(404, show(bots + "/none.txt", true).status());
    }

    @Test
    void whatIsNoFileIsNotWaitedFor() throws Exception {
        Path pipe = bots.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Answer answer = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> show(pipe.toString(), true));
        assertEquals(404, answer.status());
        assertTrue(answer.text().contains("not a file"), answer::text);
        assertTrue(show(bots.toString(), false).text().contains("\"pipe\":{\"size\":"), "it is only named");
    }
}
