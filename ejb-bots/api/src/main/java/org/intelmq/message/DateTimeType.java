package org.intelmq.message;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.QuickTime;
import org.intelmq.text.time.UnreadableTime;

/**
 * A time in UTC such as {@code 2024-03-05T12:34:56+00:00}. Cleaning reads almost any spelling, see {@link FuzzyTime}.
 *
 * @param clock determines today's date, for texts that leave out parts of the date
 */
record DateTimeType(String name, Clock clock) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        String quick = QuickTime.inUtcOrNull(text);
        if (quick != null) {
            return quick;
        }
        if (IsoTime.isUtc(text)) {
            return TextType.cleaned(text);
        }
        try {
            return IsoTime.format(FuzzyTime.parse(text, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        } catch (UnreadableTime e) {
            return null;
        }
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof String text && IsoTime.isUtc(text);
    }

    /** Whatever cleaning returns is already valid. */
    @Override
    public Object clean(Object value) {
        return sanitize(value);
    }
}
