package org.intelmq.bots.outputs.rpzfile;

/** Names that can begin a line in a zone file, below the zone's own name. */
final class ZoneName {

    /** Characters of a whole name, without the final dot. */
    static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String ANY = "*";

    private ZoneName() { }

    static boolean isWildcard(String name) {
        return name.startsWith(ANY + '.');
    }

    /**
     * @param room the number of characters available
     * @return what is wrong with the name; {@code null} for nothing
     */
    static String problem(String name, int room) {
        if (name.length() > room) {
            return "it has " + name.length() + " characters, and with the name of the zone there is room for " + room;
        }
        int start = isWildcard(name) ? ANY.length() + 1 : 0;
        for (String label : name.substring(start).split("\\.", -1)) {
            if (label.isEmpty()) {
                return "a part between its dots is empty";
            }
            if (label.length() > LONGEST_LABEL) {
                return "\"" + label + "\" has " + label.length() + " characters, at most " + LONGEST_LABEL + " are allowed between dots";
            }
            for (int i = 0; i < label.length(); i++) {
                if (!isPlain(label.charAt(i))) {
                    return "only letters, digits, hyphens and underscores are allowed between dots";
                }
            }
        }
        return null;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
