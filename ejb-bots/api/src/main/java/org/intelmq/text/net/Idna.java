package org.intelmq.text.net;

import java.net.IDN;

/** Domain names in ASCII by IDNA 2003, with exactly the limits of Python's {@code idna} codec: lengths and little else. */
public final class Idna {

    private static final int LONGEST_LABEL = 63;
    /** Becomes two characters in lower case; IDNA's own mapping takes care of it. */
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    private Idna() { }

    /** @throws IllegalArgumentException if a label is empty, too long or not allowed */
    public static String toAscii(String name) {
        if (isAscii(name)) {
            checkAscii(name);
            return name;
        }
        StringBuilder ascii = new StringBuilder(name.length() + 16);
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i < name.length() && !isDot(name.charAt(i))) {
                continue;
            }
            if (i == name.length() && start == i) {
                return ascii.append('.').toString();
            }
            if (ascii.length() > 0) {
                ascii.append('.');
            }
            ascii.append(label(name.substring(start, i)));
            start = i + 1;
        }
        return ascii.toString();
    }

    private static boolean isDot(char c) {
        return c == '.' || c == '\u3002' || c == '\uff0e' || c == '\uff61';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static void checkAscii(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (dot == start || dot - start > LONGEST_LABEL) {
                throw new IllegalArgumentException("a label is empty or too long in \"" + name + '"');
            }
            start = dot + 1;
        }
        if (name.length() - start > LONGEST_LABEL) {
            throw new IllegalArgumentException("a label is too long in \"" + name + '"');
        }
    }

    /** Java knows only the letters of Unicode 3.2, as IDNA 2003 demands; Python also lower-cases later ones. */
    private static String lower(String label) {
        return label.codePoints().map(point -> point == CAPITAL_I_WITH_DOT ? point : Character.toLowerCase(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String label(String label) {
        String ascii = isAscii(label) ? label : IDN.toASCII(lower(label), IDN.ALLOW_UNASSIGNED);
        if (ascii.isEmpty() || ascii.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException("the label \"" + label + "\" is empty or too long");
        }
        return ascii;
    }
}
