package org.intelmq.text.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class XmlElementTest {

    @TempDir
    Path folder;

    @Test
    void nestingHasALimit() throws XMLStreamException {
        String deep = "<a>".repeat(20_000) + "</a>".repeat(20_000);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> XmlElement.parse(deep)).getMessage().contains("nested more than 500 levels deep"));
        String bearable = "<a>".repeat(499) + "x" + "</a>".repeat(499);
        assertEquals(bearable, XmlElement.parse(bearable).toString());
    }

    @Test
    void otherFilesAreNotRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret");
        String text = "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><a>&e;</a>";
        assertFalse(readAs(text).contains("secret"), readAs(text));
    }

    @Test
    void entitiesDoNotMultiply() {
        StringBuilder text = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            text.append("<!ENTITY e").append(i).append(" \"").append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
        }
        assertTrue(readAs(text + "]><a>&e39;</a>").length() < 1000);
    }

    private static String readAs(String text) {
        try {
            return XmlElement.parse(text).toString();
        } catch (XMLStreamException e) {
            return "refused";
        }
    }
}
