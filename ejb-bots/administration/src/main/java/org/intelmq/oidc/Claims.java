package org.intelmq.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the provider says of a user. Immutable. */
final class Claims {

    private static final String SUBJECT = "sub";

    private final Map<String, Object> byName;

    Claims(Map<String, Object> byName) {
        this.byName = byName;
    }

    /** By which the provider knows the user, and which it gives to nobody else. */
    String subject() {
        return (String) byName.get(SUBJECT);
    }

    boolean has(String name) {
        return value(name) != null;
    }

    /** {@code null} if it is not there. */
    Object value(String name) {
        return value(byName, name);
    }

    /** A name with dots may be that of one claim, as URLs are, or a way into nested ones. */
    private static Object value(Map<?, ?> claims, String name) {
        if (claims.get(name) != null) {
            return claims.get(name);
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> nested) {
                Object value = value(nested, name.substring(dot + 1));
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /** One text is a list of one; what is not text is left out. */
    List<String> texts(String name) {
        Object value = value(name);
        if (value instanceof Collection<?> values) {
            return values.stream().filter(String.class::isInstance).map(String.class::cast).toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }
}
