package org.intelmq.bots.experts.sieve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.intelmq.message.Field;
import org.intelmq.message.Json;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/** The comparisons of the rule language. */
final class Conditions {

    private Conditions() { }

    static Condition exists(Key key) {
        return run -> run.event.has(key.field(run));
    }

    /** Applies the test to a field's value; the result for a missing field is {@code ifMissing}. */
    private static Condition onValue(Key key, boolean ifMissing, BiPredicate<Object, Run> test) {
        return run -> {
            Field field = key.field(run);
            Object value = run.event.get(field);
            if (value == null && !run.event.has(field)) {
                return ifMissing;
            }
            return test.test(value, run);
        };
    }

    static Condition text(Key key, String operator, Operand wanted) {
        Condition condition = switch (operator) {
            case "==" -> onValue(key, false, (value, run) -> wanted.value(run).equals(value));
            case "!=" -> onValue(key, true, (value, run) -> !wanted.value(run).equals(value));
            case ":contains" -> onValue(key, false, (value, run) -> text(value).contains((String) wanted.value(run)));
            case "=~" -> matches(key, false, SievePattern.of(wanted));
            default -> Condition.not(matches(key, false, SievePattern.of(wanted)));
        };
        return wanted.constant() != null ? condition : run -> {
            wanted.value(run);
            return condition.holds(run);
        };
    }

    private static Condition matches(Key key, boolean ifMissing, SievePattern pattern) {
        return onValue(key, ifMissing, (value, run) -> pattern.find(text(value), run));
    }

    private static String text(Object value) {
        return value instanceof Map ? Json.write(value) : PythonText.str(value);
    }

    static Condition texts(Key key, String operator, List<Operand> wanted) {
        List<SievePattern> patterns = operator.equals(":regexin") ? wanted.stream().map(SievePattern::of).toList() : List.of();
        Set<Object> constants = new HashSet<>();
        wanted.forEach(operand -> constants.add(operand.constant()));
        boolean constant = !constants.contains(null);
        Condition condition = switch (operator) {
            case ":in" -> constant ? onValue(key, false, (value, run) -> constants.contains(value))
                    : onValue(key, false, (value, run) -> any(wanted, item -> item.value(run).equals(value)));
            case ":containsany" -> onValue(key, false, (value, run) -> {
                String text = onlyText(key, run, value);
                return any(wanted, item -> text.contains((String) item.value(run)));
            });
            default -> onValue(key, false, (value, run) -> {
                String text = onlyText(key, run, value);
                return any(patterns, pattern -> pattern.find(text, run));
            });
        };
        return constant ? condition : run -> {
            wanted.forEach(operand -> operand.value(run));
            return condition.holds(run);
        };
    }

    private static <T> boolean any(List<T> items, Predicate<T> test) {
        for (T item : items) {
            if (test.test(item)) {
                return true;
            }
        }
        return false;
    }

    private static String onlyText(Key key, Run run, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key.field(run) + " is " + PythonText.repr(value) + ", expected text");
    }

    static Condition number(Key key, String operator, Operand wanted) {
        IntPredicate order = switch (operator) {
            case "==" -> sign -> sign == 0;
            case "!=" -> sign -> sign != 0;
            case "<=" -> sign -> sign <= 0;
            case ">=" -> sign -> sign == 0 || sign == 1;
            case "<" -> sign -> sign < 0;
            default -> sign -> sign == 1;
        };
        boolean equality = operator.equals("==") || operator.equals("!=");
        return run -> {
            Object limit = wanted.value(run);
            Field field = key.field(run);
            Object value = run.event.get(field);
            if (value == null && !run.event.has(field)) {
                return false;
            }
            if (Values.isNumber(value)) {
                return order.test(Values.compare(value, limit));
            }
            if (equality) {
                return operator.equals("!=");
            }
            throw new IllegalArgumentException(field + " is " + PythonText.repr(value) + ", expected a number");
        };
    }

    static Condition numbers(Key key, List<Operand> wanted) {
        return run -> {
            Object[] values = new Object[wanted.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = wanted.get(i).value(run);
            }
            Field field = key.field(run);
            Object value = run.event.get(field);
            for (Object item : values) {
                if (value != null && Values.equal(value, item)) {
                    return true;
                }
            }
            return false;
        };
    }

    static Condition network(Key key, List<IpNetwork> networks) {
        return onValue(key, false, (value, run) -> {
            IpAddress address = run.address(value);
            if (address == null) {
                run.context.log().warning(() -> "Could not parse IP address " + key.field(run) + "=" + value + ".");
                return false;
            }
            return any(networks, network -> network.contains(address));
        });
    }

    /** @param moment throws when asked if the rule's text is not a time */
    static Condition time(Key key, String operator, Moment moment) {
        int side = operator.equals(":before") ? -1 : 1;
        return onValue(key, false, (value, run) -> {
            Instant limit = moment.at(run.context.clock().instant());
            try {
                Instant time = IsoTime.parse(onlyText(key, run, value)).toInstant(ZoneOffset.UTC);
                return Integer.signum(time.compareTo(limit)) == side;
            } catch (UnreadableTime e) {
                run.context.log().warning(() -> "Could not parse " + key.field(run) + "=" + value + ".");
                return false;
            }
        });
    }

    static Condition list(Key key, String operator, List<Object> wanted) {
        Object wantedList = Values.comparable(wanted);
        Set<Object> wantedSet = Values.set(wanted);
        BiPredicate<List<?>, Set<Object>> test = switch (operator) {
            case ":equals" -> (list, set) -> Values.comparable(list).equals(wantedList);
            case ":setequals" -> (list, set) -> Values.set(list).equals(set);
            case ":overlaps" -> (list, set) -> Values.set(list).stream().anyMatch(set::contains);
            case ":subsetof" -> (list, set) -> set.containsAll(Values.set(list));
            default -> (list, set) -> Values.set(list).containsAll(set);
        };
        return onValue(key, false, (value, run) -> value instanceof List<?> list && test.test(list, wantedSet));
    }

    static Condition truth(Key key, boolean wanted) {
        return onValue(key, false, (value, run) -> value instanceof Boolean truth && truth == wanted);
    }
}
