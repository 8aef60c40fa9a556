package org.intelmq.bot;

import java.util.Map;
import org.intelmq.message.Added;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.text.LetterCase;

/**
 * What a feed says beyond the fields that its parser knows. It is kept under {@code extra} with the feed's own name, so a new name, value or
 * format affects nothing else. Thread-safe.
 */
public final class Extra {

    private static final String ROOT = "extra.";

    private Extra() { }

    /**
     * Keeps a value as it is; blank values are not kept. If the name is taken, a number is appended, so that nothing is lost.
     *
     * @param name the feed's name, with dots between its levels: {@code Payload.New-Field} becomes {@code extra.payload.new_field}
     */
    public static void keep(Event event, String name, Object value) {
        Field field = field(name);
        for (int number = 2; event.has(field) && !event.get(field).equals(value); number++) {
            field = field(name + '_' + number);
        }
        event.add(field, value, IfPresent.KEEP);
    }

    /**
     * Adds a value to a field, or keeps it under {@code extra} if the field cannot take it, or if the installation's harmonization lacks the
     * field.
     *
     * @param name the feed's name for it
     * @return whether the field took it
     */
    public static boolean add(Event event, Field field, Object value, IfPresent ifPresent, String name) {
        if (!event.isKnown(field)) {
            keep(event, field.name(), value);
            return false;
        }
        boolean free = ifPresent == IfPresent.REPLACE || !event.has(field);
        Added added = event.add(field, value, ifPresent, true, false, null);
        if (added == Added.REFUSED && free) {
            keep(event, name, value);
        }
        return added == Added.STORED;
    }

    /** As {@link #add(Event, Field, Object, IfPresent, String)}; if the field is already set, a different value is kept under {@code extra}. */
    public static boolean add(Event event, Field field, Object value, String name) {
        Object present = event.isKnown(field) && event.has(field) ? event.get(field) : null;
        if (present == null) {
            return add(event, field, value, IfPresent.FAIL, name);
        }
        if (!present.equals(value)) {
            keep(event, name, value);
        }
        return false;
    }

    /**
     * As {@link #add(Event, Field, Object, String)}, for a parser that collects what it adds to {@code extra} until its end.
     *
     * @param extra takes the value if it has to be kept
     */
    public static boolean add(Event event, Field field, Object value, String name, Map<String, Object> extra) {
        boolean free = !event.has(field);
        Added added = event.add(field, value, IfPresent.KEEP, true, false, null);
        if (added == Added.REFUSED && free) {
            extra.put(field(name).name().substring(ROOT.length()), value);
        }
        return added == Added.STORED;
    }

    private static Field field(String name) {
        StringBuilder path = new StringBuilder(ROOT);
        for (char c : LetterCase.lower(name).toCharArray()) {
            boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
            if (allowed) {
                path.append(c);
            } else if (path.charAt(path.length() - 1) != '.') {
                path.append(c == '.' ? '.' : '_');
            }
        }
        int end = path.length();
        while (path.charAt(end - 1) == '.') {
            end--;
        }
        return Field.of(end < ROOT.length() ? ROOT + "unnamed" : path.substring(0, end));
    }
}
