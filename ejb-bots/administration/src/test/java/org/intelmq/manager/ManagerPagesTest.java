package org.intelmq.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.pipeline.Installation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagerPagesTest {

    @TempDir
    private Path root;
    private Path folder;

    @BeforeEach
    void layOut() throws Exception {
        folder = Files.createDirectory(root.resolve("pages"));
        Files.createDirectory(folder.resolve("js"));
        Files.writeString(folder.resolve("index.html"), "<p>");
        Files.writeString(folder.resolve("js/own.js"), "1");
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("link.txt"), root.resolve("secret.txt"));
    }

    private Answer get(String path) throws Exception {
        return new ManagerPages(folder, Installation.at(root), "").page("GET", path);
    }

    @Test
    void givesFilesWithTheirTypesAndAPolicy() throws Exception {
        assertEquals("<p>", get("").text());
        assertEquals("text/html; charset=utf-8", get("index.html").headers().get("content-type"));
        assertEquals("text/javascript; charset=utf-8", get("js/own.js").headers().get("content-type"));
        assertTrue(get("").headers().get("content-security-policy").contains("script-src 'self'"));
        assertEquals("nosniff", get("js/own.js").headers().get("x-content-type-options"));
    }

    @Test
    void givesNothingElse() throws Exception {
        for (String path : List.of("js", "js/", "none.html", "../secret.txt", "js/../../secret.txt", "/etc/passwd", "link.txt", root + "/secret.txt", "a\0b")) {
            assertEquals(404, get(path).status(), path);
        }
        assertEquals(405, new ManagerPages(folder, Installation.at(root), "").page("POST", "index.html").status());
        assertEquals(404, new ManagerPages(null, Installation.at(root), "").page("GET", "index.html").status());
    }

    @Test
    void tellsThePagesOfTheServerIfTheFolderDoesNot() throws Exception {
        assertEquals("var ALLOWED_PATH = \"" + root + "/var/lib/bots/\";\nvar CONTROLLER_CMD = \"intelmqctl\";\n", get("js/dynvar.js").text());
        Files.writeString(folder.resolve("js/dynvar.js"), "own");
        assertEquals("own", get("js/dynvar.js").text());
        assertEquals(200, get("js/var.js").status());
        assertEquals("text/javascript; charset=utf-8", get("js/var.js").headers().get("content-type"));
        assertEquals("", get("js/var.js").text(), "the pages look for the interface beside themselves");
        Answer below = new ManagerPages(folder, Installation.at(root), "/cert").page("GET", "js/var.js");
        assertEquals("var ROOT = window.location.origin + \"/cert/intelmq\";\n", below.text());
        Files.writeString(folder.resolve("js/var.js"), "own");
        assertEquals("own", get("js/var.js").text());
    }

    @Test
    void aPageThatWouldFillTheMemoryIsRefused() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge.html").toFile(), "rw")) {
            huge.setLength(5L << 30);
        }
        assertEquals(413, get("huge.html").status());
    }
}
