package org.intelmq.message;

import java.util.Set;
import org.intelmq.text.LetterCase;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.Idna;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.UrlParts;

/**
 * A domain name in ASCII and lower case without a dot at either end. It is neither an address nor a URL, has no blank, comma, bracket or
 * percent sign, and is not the {@code none} or {@code null} of a program that had no name. Cleaning applies IDNA 2003.
 */
record FqdnType(String name) implements FieldType {

    private static final Set<String> NOTHING = Set.of("none", "null", "nan");
    private static final int LONGEST_NOTHING = 4;

    @Override
    public Object sanitize(Object value) {
        return value instanceof String text && isPlain(text) ? text : sanitizeAny(value);
    }

    static String sanitizeAny(Object value) {
        String text = TextType.cleaned(value);
        String trimmed = text == null ? "" : Whitespace.strip(text, '.');
        if (trimmed.isEmpty()) {
            return null;
        }
        try {
            return LetterCase.lower(Idna.toAscii(trimmed));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException for text that exceeds IDNA's limits and so cannot be a domain name */
    @Override
    public boolean isValid(Object value) {
        if (!(value instanceof String text) || text.isEmpty()) {
            return false;
        }
        return isPlain(text) ? text.length() > LONGEST_NOTHING || !NOTHING.contains(text) : isValidAny(text);
    }

    static boolean isValidAny(String text) {
        if (!HostText.isPossible(text) || Whitespace.strip(text, '.').length() != text.length() || !text.equals(LetterCase.lower(text))
                || text.indexOf(':') >= 0 || IpAddress.parseOrNull(text) != null) {
            return false;
        }
        UrlParts url = UrlParts.split(text);
        return url.scheme().isEmpty() && url.netloc().isEmpty() && url.query().isEmpty() && url.fragment().isEmpty()
                && url.path().indexOf('/') < 0 && Idna.toAscii(text).equals(text);
    }

    /**
     * Whether it consists of lower-case ASCII letters, digits, {@code -} and {@code _}, with labels of allowed length, the last of which
     * contains a letter. Such a name passes all other checks.
     */
    private static boolean isPlain(String text) {
        int labelLength = 0;
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                letter = true;
                labelLength++;
            } else if (c >= '0' && c <= '9' || c == '-' || c == '_') {
                labelLength++;
            } else if (c == '.' && labelLength > 0) {
                labelLength = 0;
                letter = false;
            } else {
                return false;
            }
            if (labelLength > 63) {
                return false;
            }
        }
        return labelLength > 0 && letter;
    }
}
