package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ConsoleFileTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsCompressedOnce() throws IOException {
        byte[] content = bytes("export const a = 1;\n".repeat(50));
        ConsoleFile file = ConsoleFile.of("/app/a.js", content);
        assertEquals("text/javascript; charset=utf-8", file.type());
        assertTrue(file.compressed().length < content.length);
        assertEquals(new String(content, StandardCharsets.UTF_8),
                new String(new GZIPInputStream(new ByteArrayInputStream(file.compressed())).readAllBytes(), StandardCharsets.UTF_8));
        assertNull(file.policy());
    }

    @Test
    void whatGrowsIsSentAsItIs() throws IOException {
        assertNull(ConsoleFile.of("/app/a.js", bytes("1")).compressed());
    }

    @Test
    void otherContentHasAnotherTag() throws IOException {
        assertFalse(ConsoleFile.of("/app/a.js", bytes("1")).tag().equals(ConsoleFile.of("/app/a.js", bytes("2")).tag()));
    }

    /** The digest is that of the text between the tags, from "printf '{}' | openssl dgst -sha256 -binary | base64". */
    @Test
    void thePolicyNamesTheImportMap() throws IOException {
        String policy = ConsoleFile.of("/index.html", bytes("<script type=\"importmap\">{}</script>")).policy();
        assertTrue(policy.contains("script-src 'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void textBecomesMarkupOnlyWhereTheDocumentSaysByWhom() throws IOException {
        String strict = ConsoleFile.of("/index.html", bytes("<!doctype html>")).policy();
        assertTrue(strict.endsWith("require-trusted-types-for 'script'; trusted-types 'none'"), strict);
        String docs = ConsoleFile.of("/docs.html", Files.readAllBytes(Path.of("src/main/webapp/docs.html"))).policy();
        assertTrue(docs.endsWith("require-trusted-types-for 'script'; trusted-types default dompurify"), docs);
        assertFalse(docs.contains("unsafe"), docs);
    }

    @Test
    void onlyKnownKindsAreServed() {
        assertTrue(ConsoleFile.isServed("/app/main.js"));
        assertFalse(ConsoleFile.isServed("/WEB-INF/beans.xml"));
        assertFalse(ConsoleFile.isServed("/app/LICENSE"));
    }
}
