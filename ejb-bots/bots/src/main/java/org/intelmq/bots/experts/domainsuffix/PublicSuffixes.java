package org.intelmq.bots.experts.domainsuffix;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.intelmq.text.net.Idna;

/** The rules of the public suffix list's ICANN section. The longest matching rule counts; without one, the last label. */
final class PublicSuffixes {

    /** Rules without their marker: {@code uk}, {@code ck} for {@code *.ck}, {@code www.ck} for {@code !www.ck}. */
    private final Set<String> plain = new HashSet<>();
    private final Set<String> wildcards = new HashSet<>();
    private final Set<String> exceptions = new HashSet<>();

    private PublicSuffixes() { }

    static PublicSuffixes parse(String list) {
        PublicSuffixes suffixes = new PublicSuffixes();
        boolean icann = false;
        for (String each : list.split("\n")) {
            String line = each.strip();
            if (line.startsWith("//")) {
                icann = line.contains("===BEGIN ICANN DOMAINS===") || icann && !line.contains("===END ICANN DOMAINS===");
            } else if (icann && !line.isEmpty()) {
                suffixes.add(line.split("\\s", 2)[0]);
            }
        }
        return suffixes;
    }

    private void add(String rule) {
        if (rule.startsWith("*.")) {
            wildcards.add(ascii(rule.substring(2)));
        } else if (rule.startsWith("!")) {
            exceptions.add(ascii(rule.substring(1)));
        } else {
            plain.add(ascii(rule));
        }
    }

    private static String ascii(String name) {
        return Idna.toAscii(name.toLowerCase(Locale.ROOT));
    }

    boolean isEmpty() {
        return plain.isEmpty();
    }

    String of(String name) {
        String ascii = ascii(name);
        String before = ascii;
        for (String rest = ascii; rest != null; rest = parent(rest)) {
            String parent = parent(rest);
            if (exceptions.contains(rest)) {
                return parent;
            }
            if (plain.contains(rest) || parent != null && wildcards.contains(parent)) {
                return rest;
            }
            before = rest;
        }
        return before;
    }

    /** Without the first label; {@code null} if there is only one. */
    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? null : name.substring(dot + 1);
    }
}
