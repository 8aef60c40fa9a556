package org.intelmq.bots.parsers.fireeye;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

@Timeout(60)
class OpenIocTest {

    @TempDir
    Path folder;

    @Test
    void nestingHasALimit() {
        String deep = "<OpenIOC>" + "<a>".repeat(20_000) + "</a>".repeat(20_000) + "</OpenIOC>";
        assertTrue(assertThrows(SAXException.class, () -> new OpenIoc().items(deep)).getMessage().contains("maxElementDepth"));
    }

    @Test
    void documentTypesAreRefused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret");
        String text = "<!DOCTYPE OpenIOC [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><OpenIOC>&e;</OpenIOC>";
        assertTrue(assertThrows(SAXException.class, () -> new OpenIoc().items(text)).getMessage().contains("DOCTYPE"));
    }
}
