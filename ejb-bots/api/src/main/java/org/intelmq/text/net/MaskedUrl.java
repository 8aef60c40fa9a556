package org.intelmq.text.net;

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

    /** Whether something with this name, such as a header, is a secret. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).matches();
    }
}
