package org.intelmq.bots.parsers.htmltable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.text.Whitespace;
import org.intelmq.text.html.TagSoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Reads and writes elements as Python's BeautifulSoup does: attributes sorted, white space between tags reduced to one character. */
final class Html {

    private static final Set<String> WITH_WHITE_SPACE = Set.of("pre", "textarea");
    private static final Set<String> LISTS = Set.of("class", "accesskey", "dropzone");
    private static final Map<String, Set<String>> LISTS_BY_TAG = Map.ofEntries(
            Map.entry("a", Set.of("rel", "rev")),
            Map.entry("area", Set.of("rel")),
            Map.entry("form", Set.of("accept-charset")),
            Map.entry("icon", Set.of("sizes")),
            Map.entry("iframe", Set.of("sandbox")),
            Map.entry("link", Set.of("rel", "rev")),
            Map.entry("object", Set.of("archive")),
            Map.entry("output", Set.of("for")),
            Map.entry("td", Set.of("headers")),
            Map.entry("th", Set.of("headers")));

    private Html() { }

    /** At most this many elements below another, in order. */
    static List<Element> first(int count, String tag, Element parent) {
        List<Element> found = new ArrayList<>();
        NodeTraversor.filter((node, depth) -> {
            if (depth > 0 && found.size() < count && node instanceof Element element && element.nameIs(tag)) {
                found.add(element);
            }
            return found.size() < count ? NodeFilter.FilterResult.CONTINUE : NodeFilter.FilterResult.STOP;
        }, parent);
        return found;
    }

    /** The deepest nesting of elements of a kind. */
    static int nesting(String tag, Element parent) {
        int[] openAndMost = new int[2];
        NodeTraversor.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node.nameIs(tag)) {
                    openAndMost[0]++;
                    openAndMost[1] = Math.max(openAndMost[0], openAndMost[1]);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                openAndMost[0] -= node.nameIs(tag) ? 1 : 0;
            }
        }, parent);
        return openAndMost[1];
    }

    /** The text of an element, without comments and code. */
    static String text(Element element) {
        StringBuilder out = new StringBuilder();
        NodeTraversor.traverse(new Reading(element) {
            @Override
            void start(Node node) {
                if (node instanceof TextNode text) {
                    out.append(reduced(text));
                }
            }
        }, element);
        return out.toString();
    }

    static String write(Element element) {
        StringBuilder out = new StringBuilder();
        NodeTraversor.traverse(new Reading(element) {
            @Override
            void start(Node node) {
                writeStart(node, this, out);
            }

            @Override
            void end(Element end) {
                if (!TagSoup.isVoid(end.normalName())) {
                    out.append("</").append(end.normalName()).append('>');
                }
            }
        }, element);
        return out.toString();
    }

    /** Walks through an element, and knows whether white space counts there. */
    private abstract static class Reading implements NodeVisitor {

        private int withWhiteSpace;

        Reading(Element element) {
            for (Node parent = element.parent(); parent != null; parent = parent.parent()) {
                withWhiteSpace += WITH_WHITE_SPACE.contains(parent.normalName()) ? 1 : 0;
            }
        }

        abstract void start(Node node);

        @SuppressWarnings("unused")
        void end(Element element) { }

        @Override
        public final void head(Node node, int depth) {
            withWhiteSpace += WITH_WHITE_SPACE.contains(node.normalName()) ? 1 : 0;
            start(node);
        }

        @Override
        public final void tail(Node node, int depth) {
            withWhiteSpace -= WITH_WHITE_SPACE.contains(node.normalName()) ? 1 : 0;
            if (node instanceof Element element) {
                end(element);
            }
        }

        final String reduced(TextNode node) {
            String text = node.getWholeText();
            boolean hasLineEnd = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r') {
                    return text;
                }
                hasLineEnd |= c == '\n';
            }
            return withWhiteSpace > 0 || text.isEmpty() ? text : hasLineEnd ? "\n" : " ";
        }
    }

    /** The start tag of an element. */
    static String start(Element element) {
        StringBuilder out = new StringBuilder().append('<').append(element.normalName());
        Map<String, String> sorted = new TreeMap<>();
        for (Attribute attribute : element.attributes()) {
            sorted.put(attribute.getKey(), attribute(element, attribute.getKey()));
        }
        sorted.forEach((name, value) -> out.append(' ').append(name).append('=').append(quoted(value)));
        return out.append(TagSoup.isVoid(element.normalName()) ? "/>" : ">").toString();
    }

    private static void writeStart(Node node, Reading reading, StringBuilder out) {
        if (node instanceof Element element) {
            out.append(start(element));
        } else if (node instanceof CDataNode data) {
            out.append("<![CDATA[").append(data.getWholeText()).append("]]>");
        } else if (node instanceof TextNode text) {
            out.append(escaped(reading.reduced(text)));
        } else if (node instanceof DataNode data) {
            out.append(data.getWholeData());
        } else if (node instanceof Comment comment) {
            out.append("<!--").append(comment.getData()).append("-->");
        } else {
            out.append(node.outerHtml());
        }
    }

    /** The value of an attribute; a list of words is joined with single spaces. */
    static String attribute(Element element, String name) {
        String value = element.attr(name);
        return isList(element.normalName(), name) ? String.join(" ", Whitespace.split(value)) : value;
    }

    static boolean isList(String tag, String attribute) {
        return LISTS.contains(attribute) || LISTS_BY_TAG.getOrDefault(tag, Set.of()).contains(attribute);
    }

    private static String quoted(String value) {
        String text = escaped(value);
        if (text.indexOf('"') < 0) {
            return '"' + text + '"';
        }
        return text.indexOf('\'') < 0 ? '\'' + text + '\'' : '"' + text.replace("\"", "&quot;") + '"';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
