package org.intelmq.bots.experts.sieve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.intelmq.bots.experts.sieve.Operand.Constant;
import org.intelmq.bots.experts.sieve.Operand.Variable;
import org.intelmq.bots.experts.sieve.Statement.Verdict;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.InvalidValue;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;

/**
 * Compiles a rule file, by recursive descent over the characters: the language has no words that need a boundary.
 * <pre>
 * file       = { statement }
 * statement  = action | "if" block { "elif" block } [ "else" body ]       block = expression body       body = "{" { statement } "}"
 * expression = conjunction { "||" conjunction }                           conjunction = condition { "&amp;&amp;" condition }
 * condition  = [ "!" ] ( key operator value | ( ":exists" | ":notexists" ) key | "(" expression ")" )
 * action     = "drop" | "keep" | "path" ( text | "[" text { "," text } "]" ) | "remove" key | variable "=" field
 *            | ( "add" | "add!" | "update" ) key ( "=" | "+=" | "-=" ) value | ( "append" | "append!" ) key value
 * </pre>
 */
final class SieveParser {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$[a-z0-9_]+");
    private static final Pattern FRACTION = Pattern.compile(
            "(?U)[+-]?(?:(?:\\d+\\.\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)(?<=[\\w.])(?![\\w.])");
    private static final Pattern INTEGER = Pattern.compile("(?U)[-+]?[0-9]+\\b");
    private static final Pattern TRUTH = Pattern.compile("(?U)(?:True|true|False|false)\\b");

    /** Of two operators that begin alike the longer stands first. */
    static final List<String> OPERATORS = List.of("==", "!=", "=~", "!~", "<=", ">=", "<<", "<", ">", ":containsany", ":contains",
            ":in", ":regexin", ":before", ":after", ":equals", ":setequals", ":overlaps", ":subsetof", ":supersetof");
    static final List<String> ACTIONS = List.of("drop", "keep", "path", "add!", "add", "update", "remove", "append!", "append");
    private static final Set<String> NUMBER_TYPES = Set.of("Integer", "Float", "Accuracy", "ASN");
    private static final int DEEPEST = 200;

    private final SieveText text;
    private final Harmonization harmonization;
    private final Watch watch;
    private final Map<String, Integer> variables = new HashMap<>();
    private int depth;

    /** The compiled rules and how many variables they use. */
    record Rules(Statement[] statements, int variableCount) { }

    private SieveParser(SieveText text, Harmonization harmonization, Watch watch) {
        this.text = text;
        this.harmonization = harmonization;
        this.watch = watch;
    }

    /** @throws SieveSyntaxException naming file, line, column and what was expected */
    static Rules parse(String file, String text, Harmonization harmonization) {
        return parse(new SieveText(file, text), harmonization, Watch.NOBODY);
    }

    /** @throws SieveSyntaxException naming file, line, column and what was expected */
    static Rules parse(SieveText text, Harmonization harmonization, Watch watch) {
        SieveParser parser = new SieveParser(text, harmonization, watch);
        List<Statement> statements = new ArrayList<>();
        while (!parser.text.atEnd()) {
            statements.add(parser.statement("an action, 'if' or the end of the file"));
        }
        return new Rules(statements.toArray(Statement[]::new), parser.variables.size());
    }

    // ------------------------------------------------------------------ statements

    private Statement statement(String expected) {
        int place = text.position();
        return text.accept("if") ? branching() : watch.action(place, action(expected));
    }

    private Statement action(String expected) {
        String action = text.acceptOneOf(ACTIONS);
        if (action == null) {
            String variable = text.accept(VARIABLE);
            if (variable == null) {
                throw text.error("expected " + expected);
            }
            text.expect("=");
            return Actions.assign(slot(variable), field());
        }
        return switch (action) {
            case "drop" -> run -> Verdict.DROP;
            case "keep" -> run -> Verdict.KEEP;
            case "path" -> Actions.route(paths());
            case "remove" -> onField(key(), Actions::remove, true);
            case "append", "append!" -> {
                Key key = key();
                Operand value = value(false);
                yield onField(key, field -> Actions.append(field, value, action.equals("append!")), false);
            }
            default -> assignment(action);
        };
    }

    private Statement assignment(String action) {
        Key key = key();
        String operator = text.acceptOneOf(List.of("+=", "-=", "="));
        if (operator == null) {
            throw text.error("expected '=', '+=' or '-='");
        }
        Operand given = value(action.equals("add!") && operator.equals("="));
        Operand value = operator.equals("=") || key.field() == null ? given
                : Actions.movedTime(key.field(), operator.equals("+="), given);
        return switch (action) {
            case "add" -> onField(key, field -> Actions.add(field, value), false);
            case "add!" -> onField(key, field -> Actions.put(field, value), false);
            default -> onField(key, field -> Actions.update(field, value), true);
        };
    }

    /** Actions know no variable as a key: as in IntelMQ those on present fields do nothing then, and others fail. */
    private static Statement onField(Key key, Function<Field, Statement> action, boolean onlyIfPresent) {
        if (key.field() != null) {
            return action.apply(key.field());
        }
        return run -> {
            if (onlyIfPresent) {
                return Verdict.CONTINUE;
            }
            throw new IllegalStateException(key.place() + ": the field of an action cannot be a variable");
        };
    }

    private Statement branching() {
        List<Condition> conditions = new ArrayList<>();
        List<Statement[]> bodies = new ArrayList<>();
        do {
            int place = text.position();
            conditions.add(watch.test(place, expression("{")));
            bodies.add(body());
        } while (text.accept("elif"));
        Statement[] otherwise = text.accept("else") ? body() : new Statement[0];
        Condition[] tests = conditions.toArray(Condition[]::new);
        Statement[][] branches = bodies.toArray(Statement[][]::new);
        return run -> {
            for (int i = 0; i < tests.length; i++) {
                if (tests[i].holds(run)) {
                    return Statement.runAll(branches[i], run);
                }
            }
            return Statement.runAll(otherwise, run);
        };
    }

    private Statement[] body() {
        text.expect("{");
        enter();
        List<Statement> statements = new ArrayList<>();
        while (!text.accept("}")) {
            statements.add(statement("an action, 'if' or '}'"));
        }
        depth--;
        return statements.toArray(Statement[]::new);
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw text.error(text.position(), "nested deeper than " + DEEPEST + " levels");
        }
    }

    private String[] paths() {
        String path = text.acceptQuoted();
        if (path != null) {
            return new String[] {path};
        }
        return list("a text in quotes or '['", true, () -> quoted("a text in quotes")).toArray(String[]::new);
    }

    // ------------------------------------------------------------------ conditions

    private Condition expression(String end) {
        List<Condition> alternatives = new ArrayList<>();
        do {
            List<Condition> conditions = new ArrayList<>();
            do {
                conditions.add(condition());
            } while (text.accept("&&"));
            alternatives.add(Condition.all(conditions.toArray(Condition[]::new)));
        } while (text.accept("||"));
        if (!text.nextIs(end)) {
            throw text.error("expected '&&', '||' or '" + end + "'");
        }
        return Condition.any(alternatives.toArray(Condition[]::new));
    }

    private Condition condition() {
        boolean negated = text.accept("!");
        Condition condition;
        if (text.accept("(")) {
            enter();
            condition = expression(")");
            text.expect(")");
            depth--;
        } else if (text.accept(":exists")) {
            condition = Conditions.exists(key());
        } else if (text.accept(":notexists")) {
            condition = Condition.not(Conditions.exists(key()));
        } else {
            condition = comparison(key());
        }
        return negated ? Condition.not(condition) : condition;
    }

    private Condition comparison(Key key) {
        String operator = text.acceptOneOf(OPERATORS);
        if (operator == null) {
            throw text.error("expected one of " + String.join(" ", OPERATORS));
        }
        return switch (operator) {
            case "==", "!=" -> equality(key, operator);
            case "=~", "!~", ":contains" -> Conditions.text(key, operator, textOperand(key));
            case "<", ">", "<=", ">=" -> numberComparison(key, operator);
            case ":in", ":containsany", ":regexin" -> membership(key, operator);
            case "<<" -> Conditions.network(key, networks());
            case ":before", ":after" -> Conditions.time(key, operator, moment());
            default -> Conditions.list(key, operator, list("'['", false, this::listItem));
        };
    }

    private Condition equality(Key key, String operator) {
        int place = text.position();
        Object value = literal();
        if (value instanceof Boolean truth) {
            return Conditions.truth(key, truth == operator.equals("=="));
        }
        if (value instanceof Number) {
            checkNumberField(key, place);
            return Conditions.number(key, operator, new Constant(value));
        }
        if (value == null) {
            value = variable("a text in quotes, a variable, a number, true or false");
        }
        checkAddress(key, value, place);
        return Conditions.text(key, operator, asText(value));
    }

    private Condition numberComparison(Key key, String operator) {
        int place = text.position();
        Object value = number();
        Object operand = value != null ? value : variable("a number or a variable");
        checkNumberField(key, place);
        return Conditions.number(key, operator, asNumber(operand));
    }

    private Condition membership(Key key, String operator) {
        int place = text.position();
        boolean numbersToo = operator.equals(":in");
        Class<?>[] kind = {null};
        List<Integer> places = new ArrayList<>();
        List<Object> items = list("'['", true, () -> {
            places.add(text.position());
            return member(kind, numbersToo);
        });
        if (kind[0] == Number.class) {
            checkNumberField(key, place);
            return Conditions.numbers(key, items.stream().map(SieveParser::asNumber).toList());
        }
        for (int i = 0; i < items.size(); i++) {
            checkAddress(key, items.get(i), places.get(i));
        }
        return Conditions.texts(key, operator, items.stream().map(SieveParser::asText).toList());
    }

    /** Texts and variables, or numbers and variables: the first that is no variable decides. */
    private Object member(Class<?>[] kind, boolean numbersToo) {
        if (kind[0] != Number.class) {
            String quoted = text.acceptQuoted();
            if (quoted != null) {
                kind[0] = String.class;
                return quoted;
            }
        }
        if (numbersToo && kind[0] != String.class) {
            Object number = number();
            if (number != null) {
                kind[0] = Number.class;
                return number;
            }
        }
        return variable(kind[0] == Number.class ? "a number or a variable"
                : numbersToo && kind[0] == null ? "a text in quotes, a number or a variable" : "a text in quotes or a variable");
    }

    private Operand textOperand(Key key) {
        int place = text.position();
        String quoted = text.acceptQuoted();
        Object value = quoted != null ? quoted : variable("a text in quotes or a variable");
        checkAddress(key, value, place);
        return asText(value);
    }

    private List<IpNetwork> networks() {
        int place = text.position();
        String single = text.acceptQuoted();
        if (single != null) {
            return List.of(network(place, single));
        }
        return list("a text in quotes or '['", true, () -> network(text.position(), quoted("a text in quotes")));
    }

    private IpNetwork network(int place, String range) {
        IpNetwork network = IpNetwork.parseOrNull(range, true);
        if (network == null) {
            throw text.error(place, "\"" + range + "\" is not a network, expected such as 192.0.2.0/24 or 2001:db8::/32");
        }
        return network;
    }

    /** As in IntelMQ a text that is no time fails for each event that reaches it, and so does a variable. */
    private Moment moment() {
        String place = text.place(text.position());
        String quoted = text.acceptQuoted();
        String time = quoted != null ? quoted : variable("a text in quotes or a variable").name();
        try {
            return Moment.parse(time);
        } catch (IllegalArgumentException e) {
            return now -> {
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            };
        }
    }

    private void checkNumberField(Key key, int place) {
        String type = key.field() == null ? null : harmonization.eventType(key.field());
        if (!NUMBER_TYPES.contains(type == null ? "" : type)) {
            throw text.error(place, key + " cannot be compared with a number: it is "
                    + (type == null ? "not a field of harmonization.conf" : "of type " + type));
        }
    }

    private void checkAddress(Key key, Object value, int place) {
        boolean isAddress = key.field() != null && "IPAddress".equals(harmonization.eventType(key.field()));
        if (isAddress && !(value instanceof String address && IpAddress.parseOrNull(address) != null)) {
            throw text.error(place, key + " can only be compared with an IP address, not with \"" + value + "\"");
        }
    }

    // ------------------------------------------------------------------ keys and values

    private Key key() {
        int place = text.position();
        String name = text.accept(FIELD);
        if (name != null) {
            return new Key(seen(name, place), null, null);
        }
        Variable variable = variable("a field or a variable");
        return new Key(null, asText(variable), text.place(place));
    }

    private Field field() {
        int place = text.position();
        String name = text.accept(FIELD);
        if (name == null) {
            throw text.error("expected a field");
        }
        return seen(name, place);
    }

    private Field seen(String name, int place) {
        Field field = Field.of(name);
        watch.field(field, place);
        return field;
    }

    private Variable variable(String expected) {
        int place = text.position();
        String name = text.accept(VARIABLE);
        if (name == null) {
            throw text.error("expected " + expected);
        }
        return new Variable(slot(name), name, text.place(place));
    }

    private int slot(String variable) {
        return variables.computeIfAbsent(variable, missing -> variables.size());
    }

    private static Operand asText(Object value) {
        return value instanceof Variable variable ? variable.restricted(String.class::isInstance, "a text") : new Constant(value);
    }

    private static Operand asNumber(Object value) {
        return value instanceof Variable variable ? variable.restricted(Values::isNumber, "a number") : new Constant(value);
    }

    /** The value of an action. Only {@code add!} looks into variables, as in IntelMQ; others fail with one when they are to use it. */
    private Operand value(boolean variables) {
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

    private Object listItem() {
        Object value = literal();
        return value != null ? value : variable("a text in quotes, a number, true, false, a variable or ']'");
    }

    /** A text, number or truth value, or {@code null} if none comes next. */
    private Object literal() {
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

    private Object number() {
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

    private String quoted(String expected) {
        String quoted = text.acceptQuoted();
        if (quoted == null) {
            throw text.error("expected " + expected);
        }
        return quoted;
    }

    private <T> List<T> list(String expected, boolean notEmpty, Supplier<T> item) {
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
}
