package org.intelmq.bots.experts.sieve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.intelmq.bots.experts.sieve.Operand.Constant;
import org.intelmq.bots.experts.sieve.Operand.Variable;
import org.intelmq.message.Field;
import org.intelmq.message.InvalidValue;

/** Reads the keys, values and variables of a rule file. */
final class SieveValues {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]+");
    static final Pattern VARIABLE = Pattern.compile("\\$[a-z0-9_]+");
    private static final Pattern FRACTION = Pattern.compile(
            "(?U)[+-]?(?:(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)(?<=[\\w.])(?![\\w.])");
    private static final Pattern INTEGER = Pattern.compile("(?U)[-+]?[0-9]+\\b");
    private static final Pattern TRUTH = Pattern.compile("(?U)(?:True|true|False|false)\\b");

    private final SieveText text;
    private final Watch watch;
    private final Map<String, Integer> variables = new HashMap<>();

    SieveValues(SieveText text, Watch watch) {
        this.text = text;
        this.watch = watch;
    }

    /** The number of variables named so far. */
    int variableCount() {
        return variables.size();
    }

    Key key() {
        int place = text.position();
        String name = text.accept(FIELD);
        if (name != null) {
            return new Key(seen(name, place), null, null);
        }
        Variable variable = variable("a field or a variable");
        return new Key(null, asText(variable), text.place(place));
    }

    Field field() {
        int place = text.position();
        String name = text.accept(FIELD);
        if (name == null) {
            throw text.error("expected a field");
        }
        return seen(name, place);
    }

    Variable variable(String expected) {
        int place = text.position();
        String name = text.accept(VARIABLE);
        if (name == null) {
            throw text.error("expected " + expected);
        }
        return new Variable(slot(name), name, text.place(place));
    }

    int slot(String variable) {
        return variables.computeIfAbsent(variable, missing -> variables.size());
    }

    static Operand asText(Object value) {
        return value instanceof Variable variable ? variable.restricted(String.class::isInstance, "a text") : new Constant(value);
    }

    static Operand asNumber(Object value) {
        return value instanceof Variable variable ? variable.restricted(Values::isNumber, "a number") : new Constant(value);
    }

    /** The value of an action. As in IntelMQ, only {@code add!} looks up variables; other actions fail when they are to use one. */
    Operand value(boolean variables) {
        String place = text.place(text.position());
        Object value = literal();
        if (value != null) {
            return new Constant(value);
        }
        Variable variable = variable("a text in quotes, a number, true, false or a variable");
        return variables ? variable : run -> {
            throw new InvalidValue(place + ": only add! takes the value of a variable, " + variable.name());
        };
    }

    Object listItem() {
        Object value = literal();
        return value != null ? value : variable("a text in quotes, a number, true, false, a variable or ']'");
    }

    /** A text, number or boolean; {@code null} if none comes next. */
    Object literal() {
        String quoted = text.acceptQuoted();
        if (quoted != null) {
            return quoted;
        }
        Object number = number();
        if (number != null) {
            return number;
        }
        String truth = text.accept(TRUTH);
        return truth == null ? null : (Object) truth.equalsIgnoreCase("true");
    }

    Object number() {
        String fraction = text.accept(FRACTION);
        if (fraction != null) {
            return Double.valueOf(fraction);
        }
        String digits = text.accept(INTEGER);
        if (digits == null) {
            return null;
        }
        BigInteger integer = new BigInteger(digits);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    String quoted(String expected) {
        String quoted = text.acceptQuoted();
        if (quoted == null) {
            throw text.error("expected " + expected);
        }
        return quoted;
    }

    <T> List<T> list(String expected, boolean notEmpty, Supplier<T> item) {
        if (!text.accept("[")) {
            throw text.error("expected " + expected);
        }
        List<T> items = new ArrayList<>();
        if (!notEmpty && text.accept("]")) {
            return items;
        }
        do {
            items.add(item.get());
        } while (text.accept(","));
        if (!text.accept("]")) {
            throw text.error("expected ',' or ']'");
        }
        return items;
    }

    private Field seen(String name, int place) {
        Field field = Field.of(name);
        watch.field(field, place);
        return field;
    }
}
