package org.intelmq.bots.collectors.file;

import java.util.regex.Pattern;

/** File name patterns as in shells and Python's {@code fnmatch}. */
final class Glob {

    private Glob() { }

    static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + (glob.startsWith("!", i + 1) ? 3 : 2)) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String members = glob.substring(i + 1, close);
                boolean others = members.startsWith("!");
                regex.append(others ? "[^" : "[").append((others ? members.substring(1) : members).replaceAll("[\\\\\\[\\]^&]", "\\\\$0")).append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
