package org.intelmq.engine.settings;

import java.util.List;
import java.util.regex.Pattern;

/** The values of the parameter {@code nodes}: all, one, or names of servers. */
final class NodeNames {

    static final String ALL = "all";
    static final String ONE = "one";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private NodeNames() { }

    /** Whether a server may have this name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(ALL) && !text.equals(ONE);
    }

    /** @throws IllegalArgumentException for anything else */
    static void require(List<String> nodes) {
        boolean isWord = nodes.size() == 1 && (nodes.contains(ALL) || nodes.contains(ONE));
        if (!isWord && !nodes.stream().allMatch(NodeNames::isName)) {
            throw new IllegalArgumentException("parameter 'nodes' cannot be \"" + String.join(", ", nodes)
                    + "\": expected all, one, or names of servers made of letters, digits, '.', '_' and '-'");
        }
    }
}
