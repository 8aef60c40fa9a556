package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedApplicationTest {

    @TempDir
    private Path folder;
    private Path archive;
    private Path ready;
    private Path own;

    @BeforeEach
    void pack() throws IOException {
        archive = folder.resolve("some.ear");
        ready = folder.resolve("ready");
        own = folder.resolve("own");
        pack("one");
    }

    private void pack(String content) throws IOException {
        Files.write(archive, zip(Map.of("META-INF/application.xml", bytes(content), "lib/some.jar", bytes("a library"), "lib__some_jar/", bytes(""),
                "web-admin.war", zip(Map.of("WEB-INF/classes/a.txt", bytes("in the module"))))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private Path unpacked() {
        return UnpackedApplication.of(archive, "app", ready, own);
    }

    @Test
    void modulesBecomeFoldersAndLibrariesStayArchives() throws IOException {
        Path app = unpacked();
        assertTrue(app.startsWith(own) && app.endsWith("app"), app.toString());
        assertEquals("one", Files.readString(app.resolve("META-INF/application.xml")));
        assertEquals("a library", Files.readString(app.resolve("lib/some.jar")));
        assertEquals("in the module", Files.readString(app.resolve("web-admin_war/WEB-INF/classes/a.txt")));
        assertTrue(Files.isDirectory(app.resolve("lib__some_jar")));
        assertFalse(Files.exists(app.resolve("web-admin.war")));
    }

    @Test
    void isUnpackedOnceForEachContent() throws IOException {
        Path first = unpacked();
        Object before = Files.readAttributes(first, BasicFileAttributes.class).fileKey();
        pack("one");
        assertEquals(first, unpacked());
        assertEquals(before, Files.readAttributes(first, BasicFileAttributes.class).fileKey());
        pack("two");
        Path second = unpacked();
        assertEquals("two", Files.readString(second.resolve("META-INF/application.xml")));
        assertFalse(Files.exists(first), "what is not used any more");
    }

    @Test
    void whatWasMadeReadyIsUsed() throws IOException {
        Path app = unpacked();
        Files.move(own, ready);
        assertEquals(ready.resolve(own.relativize(app)), unpacked());
        assertFalse(Files.exists(own));
    }

    @Test
    void whatWasCutShortIsDoneAgain() throws IOException {
        Path app = unpacked();
        Path version = app.getParent();
        FolderTree.delete(app.resolve("lib"));
        Files.move(version, own.resolve(version.getFileName() + ".new"));
        assertEquals("a library", Files.readString(unpacked().resolve("lib/some.jar")));
        assertFalse(Files.exists(own.resolve(version.getFileName() + ".new")));
    }

    @Test
    void whatIsMissingComesBack() throws IOException {
        Path app = unpacked();
        Files.delete(app.resolve("lib/some.jar"));
        assertEquals("a library", Files.readString(unpacked().resolve("lib/some.jar")));
        Files.writeString(app.resolve("lib/some.jar"), "cut");
        Files.move(own, ready);
        assertEquals(app, unpacked(), "what is ready is not whole");
    }

    @Test
    void aLinkIsReplacedAndWhatItNamesStays() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("kept"));
        Files.createSymbolicLink(own, elsewhere);
        unpacked();
        assertTrue(Files.exists(elsewhere.resolve("kept")));
        FolderTree.delete(own);
        Files.createSymbolicLink(own, folder.resolve("nowhere"));
        assertTrue(Files.exists(unpacked()));
    }

    @Test
    void nothingIsWrittenOutside() throws IOException {
        Files.write(archive, zip(Map.of("../../../outside.txt", bytes("evil"))));
        assertTrue(assertThrows(ServerException.class, this::unpacked).getMessage().contains("outside"));
        assertFalse(Files.exists(folder.resolve("outside.txt")));
    }

    @Test
    void saysWhereThereIsNoRoom() throws IOException {
        own = Files.createFile(folder.resolve("a-file")).resolve("own");
        String said = assertThrows(ServerException.class, this::unpacked).getMessage();
        assertTrue(said.startsWith("the application " + archive + " cannot be unpacked into " + own), said);
    }
}
