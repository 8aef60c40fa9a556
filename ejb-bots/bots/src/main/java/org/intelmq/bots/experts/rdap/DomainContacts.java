package org.intelmq.bots.experts.rdap;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.intelmq.text.net.MailAddress;

/** The mail addresses in a registry's answer about a domain, by the roles of their holders. Source: RFC 9083, and RFC 7095 for jCards. */
final class DomainContacts {

    /** Registries nest a registrar's desk within the registrar; a document must not lead deeper than the stack allows. */
    private static final int DEEPEST = 8;

    private final Map<String, String> byRole = new HashMap<>();
    private final String domain;
    private final Logger log;

    /** @param document as parsed from JSON; parts of the wrong kind are left out */
    DomainContacts(Object document, String domain, Logger log) {
        this.domain = domain;
        this.log = log;
        if (document instanceof Map<?, ?> map) {
            collect(list(map, "entities"), 0);
        } else {
            log.warning("The response for domain '" + domain + "' is not an object.");
        }
    }

    /** Returns {@code null} if none of the roles has an address. */
    String first(List<String> roles) {
        return roles.stream().map(byRole::get).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Nested entities come first, so that an entity's own address takes precedence. */
    private void collect(List<?> entities, int depth) {
        for (Object item : entities) {
            if (!(item instanceof Map<?, ?> entity)) {
                log.warning("Invalid entity " + item + " in the response for domain '" + domain + "' found.");
                continue;
            }
            List<?> roles = list(entity, "roles");
            if (roles.contains("removed")) {
                continue;
            }
            if (depth < DEEPEST) {
                collect(list(entity, "entities"), depth + 1);
            }
            String address = address(list(entity, "vcardArray"));
            if (address != null) {
                roles.forEach(role -> byRole.put(String.valueOf(role).toLowerCase(Locale.ROOT), address));
            }
        }
    }

    private static List<?> list(Map<?, ?> object, String name) {
        return object.get(name) instanceof List<?> list ? list : List.of();
    }

    /** A jCard is the word vcard and a list of properties: name, parameters, type, and one or more values. */
    private static String address(List<?> card) {
        return card.stream().flatMap(DomainContacts::elements)
                .filter(property -> property instanceof List<?> parts && parts.size() > 3 && "email".equalsIgnoreCase(String.valueOf(parts.get(0))))
                .flatMap(property -> ((List<?>) property).stream().skip(3)).flatMap(DomainContacts::elements)
                .map(MailAddress::of).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Stream<?> elements(Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.of(String.valueOf(value));
    }
}
