package org.intelmq.bots.parsers.fireeye;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.intelmq.text.html.Markup;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the outer indicator of an OpenIOC file. Document types are not read, so no entity is resolved. Not thread-safe. */
final class OpenIoc {

    private final DocumentBuilder builder;

    /** The file lacks a part because it has no indicators of this kind; it is not faulty. */
    static final class NothingFound extends Exception {

        private static final long serialVersionUID = 1L;

        NothingFound(String message) {
            super(message);
        }
    }

    OpenIoc() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(Markup.DEEPEST));
            builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser cannot be kept from reading document types", e);
        }
    }

    List<Element> items(String text) throws IOException, SAXException, NothingFound {
        Markup.checkSize(text);
        Element root = builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        if (!root.getNodeName().equals("OpenIOC")) {
            throw new NothingFound("the document is " + root.getNodeName() + ", expected OpenIOC");
        }
        return children(only(only(root, "criteria"), "Indicator"), "IndicatorItem");
    }

    static String search(Element item) throws NothingFound {
        Element context = only(item, "Context");
        if (!context.hasAttribute("search")) {
            throw new NothingFound("Context without search");
        }
        return context.getAttribute("search");
    }

    static String content(Element item) throws NothingFound {
        String text = only(item, "Content").getTextContent().strip();
        if (text.isEmpty()) {
            throw new NothingFound("empty Content");
        }
        return text;
    }

    private static Element only(Element parent, String name) throws NothingFound {
        List<Element> found = children(parent, name);
        if (found.size() > 1) {
            throw new IllegalArgumentException(found.size() + " of " + name + " in " + parent.getNodeName() + ", expected one");
        }
        return found.get(0);
    }

    private static List<Element> children(Element parent, String name) throws NothingFound {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        if (found.isEmpty()) {
            throw new NothingFound("no " + name + " in " + parent.getNodeName());
        }
        return found;
    }
}
