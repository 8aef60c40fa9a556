package org.intelmq.bots.experts.sieve;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.intelmq.bots.experts.sieve.Statement.Verdict;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.RelativeTime;

/** What rules do to events. */
final class Actions {

    private Actions() { }

    static Statement route(String[] paths) {
        return run -> {
            run.paths = paths;
            return Verdict.CONTINUE;
        };
    }

    static Statement add(Field field, Operand value) {
        return run -> {
            if (!run.event.has(field)) {
                run.event.add(field, value.value(run));
            }
            return Verdict.CONTINUE;
        };
    }

    static Statement put(Field field, Operand value) {
        return run -> {
            run.event.put(field, value.value(run));
            return Verdict.CONTINUE;
        };
    }

    static Statement update(Field field, Operand value) {
        return run -> {
            if (run.event.has(field)) {
                run.event.put(field, value.value(run));
            }
            return Verdict.CONTINUE;
        };
    }

    static Statement remove(Field field) {
        return run -> {
            run.event.remove(field);
            return Verdict.CONTINUE;
        };
    }

    /** @param force whether a value that is not a list becomes one */
    static Statement append(Field field, Operand value, boolean force) {
        return run -> {
            Object present = run.event.get(field);
            boolean isList = present instanceof List;
            boolean isSet = present != null || run.event.has(field);
            if (isSet && !isList && !force) {
                return Verdict.CONTINUE;
            }
            List<Object> values = isList ? new ArrayList<>((List<?>) present) : new ArrayList<>();
            if (isSet && !isList) {
                values.add(present);
            }
            values.add(value.value(run));
            run.event.add(field, values, IfPresent.REPLACE);
            return Verdict.CONTINUE;
        };
    }

    static Statement assign(int variable, Field field) {
        return run -> {
            run.variables[variable] = present(run, field);
            return Verdict.CONTINUE;
        };
    }

    /** The time in the field itself, moved by a span such as {@code 1 hour}. */
    static Operand movedTime(Field field, boolean forward, Operand span) {
        return run -> {
            LocalDateTime time = IsoTime.parse(PythonText.str(present(run, field)));
            if (!(span.value(run) instanceof String text)) {
                throw new IllegalArgumentException(span.value(run) + " is not a span of time such as 1 hour");
            }
            Duration duration = RelativeTime.parse(text);
            return IsoTime.format(forward ? time.plus(duration) : time.minus(duration));
        };
    }

    private static Object present(Run run, Field field) {
        Object value = run.event.get(field);
        if (value == null && !run.event.has(field)) {
            throw new NoSuchElementException(field + " is not set in this event");
        }
        return value;
    }
}
