package org.intelmq.text.html;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.parser.ParseSettings;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.parser.TagSet;

/**
 * Web pages with their tags exactly as written: nothing is implied, moved or closed except by its own end tag, as in Python's {@code
 * html.parser}.
 */
public final class TagSoup {

    private static final Set<String> VOID = Set.of("area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr",
            "image", "img", "input", "isindex", "keygen", "link", "menuitem", "meta", "nextid", "param", "source", "spacer", "track", "wbr");
    private static final Set<String> CODE = Set.of("script", "style");
    private static final Pattern ENDLESS_NAME = Pattern.compile("</?[a-zA-Z][^\\s/<>]{10000}");
    private static final TagSet TAGS = new TagSet().onNewTag(TagSoup::describe);

    private TagSoup() { }

    /** @throws IllegalArgumentException for tag names that would take jsoup quadratic time, and for more tags than memory can hold */
    public static Document parse(String text) {
        return parse(text, false);
    }

    /** As {@link #parse}, with nodes that know their positions in the text. */
    public static Document parseWithPlaces(String text) {
        return parse(text, true);
    }

    private static Document parse(String text, boolean withPlaces) {
        Markup.checkSize(text);
        if (ENDLESS_NAME.matcher(text).find()) {
            throw new IllegalArgumentException("the page has a tag with a name of more than 10000 characters");
        }
        return Parser.xmlParser().settings(ParseSettings.htmlDefault).tagSet(TAGS).setTrackPosition(withPlaces).parseInput(text, "");
    }

    public static boolean isVoid(String tag) {
        return VOID.contains(tag);
    }

    /** Whether the element's content is not text for readers. */
    public static boolean isCode(String tag) {
        return CODE.contains(tag);
    }

    private static void describe(Tag tag) {
        if (isVoid(tag.normalName())) {
            tag.set(Tag.Void);
        } else if (isCode(tag.normalName())) {
            tag.set(Tag.Data);
        }
    }
}
