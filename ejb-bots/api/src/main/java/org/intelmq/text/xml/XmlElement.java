package org.intelmq.text.xml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.intelmq.text.html.Markup;

/** An element as in Python's ElementTree: with the text before its first child, and the tail after its own end. */
public final class XmlElement {

    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final String tag;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();

    private XmlElement(String tag) {
        this.tag = tag;
    }

    /**
     * Reads neither document types nor external entities.
     *
     * @throws IllegalArgumentException if the document is too large or too deeply nested for memory
     */
    public static XmlElement parse(String xml) throws XMLStreamException {
        Markup.checkSize(xml);
        XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
        XmlElement above = new XmlElement("");
        List<XmlElement> open = new ArrayList<>(List.of(above));
        while (reader.hasNext()) {
            XmlElement current = open.get(open.size() - 1);
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Markup.checkDepth(open.size());
                    open.add(current.addChild(reader));
                }
                case XMLStreamConstants.END_ELEMENT -> open.remove(open.size() - 1);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> current.append(reader.getText());
                default -> { }
            }
        }
        return above.children.get(0);
    }

    private XmlElement addChild(XMLStreamReader reader) {
        XmlElement child = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            child.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        children.add(child);
        return child;
    }

    private void append(String more) {
        (children.isEmpty() ? text : children.get(children.size() - 1).tail).append(more);
    }

    /** Without its namespace. */
    public String tag() {
        return tag;
    }

    public String text() {
        return text.toString();
    }

    public List<XmlElement> children() {
        return children;
    }

    /** Returns {@code null} if there is none with that name. */
    public String attribute(String name) {
        return attributes.get(name);
    }

    /** The first child with the tag; {@code null} if there is none. */
    public XmlElement child(String wanted) {
        return children.stream().filter(child -> child.tag.equals(wanted)).findFirst().orElse(null);
    }

    /** The text of the first child with the tag, without surrounding blanks; {@code null} if there is none. */
    public String textOf(String wanted) {
        XmlElement child = child(wanted);
        return child == null ? null : child.text().strip();
    }

    /** Everything between its tags: its text, and its children as they are written. */
    public String content() {
        StringBuilder out = new StringBuilder();
        if (children.isEmpty()) {
            return text.toString();
        }
        out.append(escaped(text.toString()));
        children.forEach(child -> child.write(out));
        return out.toString();
    }

    /** Visits the element itself and all below it that have the tag, in document order. */
    public void forEach(String wanted, Consumer<XmlElement> visitor) {
        if (tag.equals(wanted)) {
            visitor.accept(this);
        }
        children.forEach(child -> child.forEach(wanted, visitor));
    }

    /** In Python's spelling. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(tag);
        attributes.forEach((name, value) -> out.append(' ').append(name).append("=\"").append(escaped(value).replace("\"", "&quot;")
                .replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")).append('"'));
        if (text.isEmpty() && children.isEmpty()) {
            out.append(" />");
        } else {
            out.append('>').append(escaped(text.toString()));
            children.forEach(child -> child.write(out));
            out.append("</").append(tag).append('>');
        }
        out.append(escaped(tail.toString()));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
