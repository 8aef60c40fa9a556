package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a browser is sent is shipped as well: the list of parts (CycloneDX), the check of licences and the console's page about itself
 * know the dependencies of the run time alone.
 */
class ConsoleLibrariesTest {

    private Document pom;

    @BeforeEach
    void read() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        pom = factory.newDocumentBuilder().parse(Path.of("pom.xml").toFile());
    }

    @Test
    void areDependenciesOfTheRunTime() {
        Set<String> unpacked = names("artifactItem", null);
        assertFalse(unpacked.isEmpty());
        unpacked.removeAll(names("dependency", "runtime"));
        assertEquals(Set.of(), unpacked, "unpacked for the console, but no dependencies of the scope runtime");
    }

    /** Of two versions the lists would name the wrong one. */
    @Test
    void haveTheirVersionFromThere() {
        NodeList items = pom.getElementsByTagName("artifactItem");
        for (int i = 0; i < items.getLength(); i++) {
            assertEquals(0, ((Element) items.item(i)).getElementsByTagName("version").getLength(), items.item(i).getTextContent().strip());
        }
    }

    /** @param scope {@code null} for any */
    private Set<String> names(String tag, String scope) {
        Set<String> names = new TreeSet<>();
        NodeList all = pom.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            if (scope == null || scope.equals(text(each, "scope"))) {
                names.add(text(each, "groupId") + ':' + text(each, "artifactId"));
            }
        }
        return names;
    }

    private static String text(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
