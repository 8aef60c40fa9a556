package org.intelmq.text.net;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as they may be shown in logs and messages: without the passwords and keys that some of them contain. */
public final class MaskedUrl {

    /** What is shown in place of a secret. */
    public static final String MASK = "***";

    /** Words in the names of parameters and headers whose values must not be shown. */
    private static final String SECRET = "(?:[^=&#?\\s]*(?:key|token|secret|passw|pwd|auth|signature|credential)[^=&#?\\s]*"
            + "|sig)";
    private static final Pattern USER = Pattern.compile("://[^/?#\\s]*@");
    private static final Pattern PASSWORD = Pattern.compile("://([^/?#\\s:@]*):[^/?#\\s]*@");
    private static final Pattern PARAMETER = Pattern.compile("([?&]" + SECRET + "=)[^&#\\s]+", Pattern.CASE_INSENSITIVE);
    /** A password, a user of the web without one, which is a key, and the value of a parameter. */
    private static final Pattern PART = Pattern.compile("://[^/?#\\s:@]*:([^/?#\\s]+)@|https?://([^/?#\\s:@]+)@|[?&]" + SECRET + "=([^&#\\s\"']+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);

    private MaskedUrl() { }

    /** The text with user and password, and the values of parameters such as {@code apikey}, replaced in every address in it. */
    public static String in(Object text) {
        String shown = USER.matcher(text.toString()).replaceAll("://" + MASK + "@");
        return PARAMETER.matcher(shown).replaceAll("$1" + MASK);
    }

    /** The address without a password before its host: for events, which go to others. */
    public static String withoutPassword(String address) {
        return PASSWORD.matcher(address).replaceFirst("://$1@");
    }

    /** The text with only the secret parts of the addresses in it replaced, each by what is shown instead of it. */
    public static String replaced(String text, UnaryOperator<String> replacement) {
        if (text.indexOf('@') < 0 && text.indexOf('=') < 0) {
            return text;
        }
        Matcher parts = PART.matcher(text);
        StringBuilder result = new StringBuilder();
        int end = 0;
        while (parts.find()) {
            int group = parts.start(1) >= 0 ? 1 : parts.start(2) >= 0 ? 2 : 3;
            result.append(text, end, parts.start(group)).append(replacement.apply(parts.group(group)));
            end = parts.end(group);
            // an address may have both
            parts.region(end, text.length());
        }
        return result.append(text, end, text.length()).toString();
    }

    /** Whether something with this name, such as a header, is a secret. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).matches();
    }
}
