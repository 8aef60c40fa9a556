package org.intelmq.message;

/**
 * How values of a field are cleaned and checked. Values are {@code String}, {@code Long}, {@code BigInteger}, {@code Double},
 * {@code Boolean}, {@code List}, {@code Map} or {@code null}; cleaning also takes {@code byte[]}, which Python's bots hand over.
 * Stateless, thread-safe. Source of the rules: IntelMQ's {@code intelmq.lib.harmonization}.
 * <p>
 * Some values make the original fail with an exception that has nothing to do with the harmonization, such as a URL with a
 * malformed host; then these methods throw {@link IllegalArgumentException} or {@link ArithmeticException}.
 */
public interface FieldType {

    /** The name used in {@code harmonization.conf}, such as {@code IPAddress}. */
    String name();

    /** The cleaned value, or {@code null} if there is no sensible one. */
    Object sanitize(Object value);

    boolean isValid(Object value);

    /** Both in one step: the cleaned value if it is valid, else {@code null}. */
    default Object clean(Object value) {
        Object clean = sanitize(value);
        return clean != null && isValid(clean) ? clean : null;
    }

    /** Cleans the value of a sub-key, such as {@code extra.tag}; only a JSON object has sub-keys. */
    default Object sanitizeSubitem(Object value) {
        throw new UnsupportedOperationException(name() + " has no sub-keys");
    }

    default boolean isValidSubitem(Object value) {
        throw new UnsupportedOperationException(name() + " has no sub-keys");
    }
}
