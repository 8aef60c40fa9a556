package org.intelmq.bot;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.net.WebAddress;

/** The form of a text parameter, for forms that recur: declared with {@link Param#form} and checked when the parameters are read. Thread-safe. */
public enum Form {

    /** Any text. */
    FREE("text", text -> true),
    /** The name of something, such as a user, a queue or a collection. */
    LINE("text on one line that is not blank", text -> !text.isBlank() && isOneLine(text)),
    /** A value for an HTTP header. */
    HEADER("text on one line in Latin letters, as it goes into a header", Form::isHeader),
    /** A credential that goes into a header or an address. */
    KEY("a key on one line in Latin letters, not blank", text -> !text.isBlank() && isHeader(text.strip())),
    /** A machine, by name or address, without a port. */
    HOST("the name or address of a host, such as server.example or 192.0.2.1", text -> Patterns.HOST.matcher(text.strip()).matches()),
    /** As {@link #HOST}, or empty for this machine. */
    HOST_OR_LOCAL("the name or address of a host, or nothing for this machine", text -> text.isEmpty() || HOST.accepts(text)),
    /** As {@link #HOST}, or a path. */
    HOST_OR_SOCKET("the name or address of a host, or the path of a Unix socket",
            text -> HOST.accepts(text) || (text.startsWith("/") || text.startsWith("unix:")) && isOneLine(text)),
    /** A database table whose name need not be quoted. */
    TABLE("the name of a table, which may have that of its schema before it, as in public.events", text -> Patterns.TABLE.matcher(text).matches()),
    /** A UUID, such as that of an organisation in MISP. */
    UUID("a UUID such as b89da4c2-0f74-11ea-96a1-6fa873a0eb4d", text -> Patterns.UUID.matcher(text.strip()).matches()),
    /** The address of a web server; may have placeholders in braces. */
    WEB_ADDRESS("an address such as https://service.example/", Form::isWebAddress);

    private static final int LATIN = 0xFF;

    private final String expected;
    private final Predicate<String> isAccepted;

    /** In a class of its own, because an enum's constants are created before its static fields. */
    private static final class Patterns {

        private static final Pattern HOST = Pattern.compile("[^\\s\\p{Cntrl}/\\\\@?#<>,;\"'|]+");
        private static final Pattern TABLE = Pattern.compile("[^\\s\\p{Cntrl}.,;:'\"`()\\[\\]/\\\\<>]+(?:\\.[^\\s\\p{Cntrl}.,;:'\"`()\\[\\]/\\\\<>]+)?");
        private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");
    }

    Form(String expected, Predicate<String> isAccepted) {
        this.expected = expected;
        this.isAccepted = isAccepted;
    }

    /** What to write, as error messages put it. */
    public String expected() {
        return expected;
    }

    public boolean accepts(String text) {
        return isAccepted.test(text);
    }

    /**
     * For texts whose form depends on other parameters.
     *
     * @throws IllegalArgumentException if the text does not have this form
     */
    public void check(String parameter, String text) {
        if (!accepts(text)) {
            throw new IllegalArgumentException("parameter '" + parameter + "' cannot be \"" + ControlCharacters.spelledOut(text) + "\": expected " + expected);
        }
    }

    private static boolean isOneLine(String text) {
        return text.strip().chars().noneMatch(Character::isISOControl);
    }

    private static boolean isHeader(String text) {
        return text.chars().allMatch(c -> c == '\t' || c <= LATIN && !Character.isISOControl(c));
    }

    private static boolean isWebAddress(String text) {
        try {
            String scheme = WebAddress.of(Patterns.PLACEHOLDER.matcher(text.strip()).replaceAll("0")).getScheme();
            return isOneLine(text) && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
