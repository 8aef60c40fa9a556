package org.intelmq.bots.experts.securitytxt;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A site's information about where to report security matters. Source: RFC 9116. Immutable. */
record SecurityTxt(List<String> contacts, List<String> canonical, Instant expires) {

    /** Lines in any other form are skipped, so that comments and signatures do no harm; unreadable times count as missing. */
    static SecurityTxt parse(String text) {
        List<String> contacts = new ArrayList<>();
        List<String> canonical = new ArrayList<>();
        Instant expires = null;
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (colon < 0 || line.startsWith("#") || value.isEmpty()) {
                continue;
            }
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "contact" -> contacts.add(value);
                case "canonical" -> canonical.add(value);
                case "expires" -> expires = time(value);
                default -> { }
            }
        }
        return new SecurityTxt(List.copyOf(contacts), List.copyOf(canonical), expires);
    }

    private static Instant time(String value) {
        try {
            return OffsetDateTime.parse(value.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    boolean isExpired(Instant now) {
        return expires != null && expires.isBefore(now);
    }

    /** Whether the file says that it belongs where it was found. */
    boolean belongsTo(URI address) {
        return canonical.contains(address.toString());
    }
}
