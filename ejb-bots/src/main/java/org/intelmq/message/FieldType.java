package org.intelmq.message;

/**
 * How values of a field are cleaned and checked. Values are {@code String}, {@code Long}, {@code BigInteger}, {@code Double},
 * {@code Boolean}, {@code List}, {@code Map} or {@code null}. Stateless, thread-safe.
 * Source of the rules: IntelMQ's {@code intelmq.lib.harmonization}.
 */
public interface FieldType {

    /** The name used in {@code harmonization.conf}, such as {@code IPAddress}. */
    String name();

    /** The cleaned value, or {@code null} if nothing sensible can be made of it. */
    Object sanitize(Object value);

    boolean isValid(Object value);

    /** Cleans the value of a sub-key, such as {@code extra.tag}; only a JSON object has sub-keys. */
    default Object sanitizeSubitem(Object value) {
        throw new UnsupportedOperationException(name() + " has no sub-keys");
    }

    default boolean isValidSubitem(Object value) {
        throw new UnsupportedOperationException(name() + " has no sub-keys");
    }
}
