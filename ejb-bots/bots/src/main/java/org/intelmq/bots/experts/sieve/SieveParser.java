package org.intelmq.bots.experts.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bots.experts.sieve.Operand.Constant;
import org.intelmq.bots.experts.sieve.Statement.Verdict;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
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

    /** If two operators begin alike, the longer one comes first. */
    static final List<String> OPERATORS = List.of("==", "!=", "=~", "!~", "<=", ">=", "<<", "<", ">", ":containsany", ":contains",
            ":in", ":regexin", ":before", ":after", ":equals", ":setequals", ":overlaps", ":subsetof", ":supersetof");
    static final List<String> ACTIONS = List.of("drop", "keep", "path", "add!", "add", "update", "remove", "append!", "append");
    private static final Set<String> NUMBER_TYPES = Set.of("Integer", "Float", "Accuracy", "ASN");
    private static final int DEEPEST = 200;

    private final SieveText text;
    private final Harmonization harmonization;
    private final Watch watch;
    private final SieveValues values;
    private int depth;

    /** The compiled rules and how many variables they use. */
    record Rules(Statement[] statements, int variableCount) { }

    private SieveParser(SieveText text, Harmonization harmonization, Watch watch) {
        this.text = text;
        this.values = new SieveValues(text, watch);
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
        return new Rules(statements.toArray(Statement[]::new), parser.values.variableCount());
    }

    // ------------------------------------------------------------------ statements

    private Statement statement(String expected) {
        int place = text.position();
        return text.accept("if") ? branching() : watch.action(place, action(expected));
    }

    private Statement action(String expected) {
        String action = text.acceptOneOf(ACTIONS);
        if (action == null) {
            String variable = text.accept(SieveValues.VARIABLE);
            if (variable == null) {
                throw text.error("expected " + expected);
            }
            text.expect("=");
            return Actions.assign(values.slot(variable), values.field());
        }
        return switch (action) {
            case "drop" -> run -> Verdict.DROP;
            case "keep" -> run -> Verdict.KEEP;
            case "path" -> Actions.route(paths());
            case "remove" -> onField(values.key(), Actions::remove, true);
            case "append", "append!" -> {
                Key key = values.key();
                Operand value = values.value(false);
                yield onField(key, field -> Actions.append(field, value, action.equals("append!")), false);
            }
            default -> assignment(action);
        };
    }

    private Statement assignment(String action) {
        Key key = values.key();
        String operator = text.acceptOneOf(List.of("+=", "-=", "="));
        if (operator == null) {
            throw text.error("expected '=', '+=' or '-='");
        }
        Operand given = values.value(action.equals("add!") && operator.equals("="));
        Operand value = operator.equals("=") || key.field() == null ? given
                : Actions.movedTime(key.field(), operator.equals("+="), given);
        return switch (action) {
            case "add" -> onField(key, field -> Actions.add(field, value), false);
            case "add!" -> onField(key, field -> Actions.put(field, value), false);
            default -> onField(key, field -> Actions.update(field, value), true);
        };
    }

    /** Actions accept no variable as a key: as in IntelMQ, those on existing fields then do nothing, and others fail. */
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
        return values.list("a text in quotes or '['", true, () -> values.quoted("a text in quotes")).toArray(String[]::new);
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
            condition = Conditions.exists(values.key());
        } else if (text.accept(":notexists")) {
            condition = Condition.not(Conditions.exists(values.key()));
        } else {
            condition = comparison(values.key());
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
            default -> Conditions.list(key, operator, values.list("'['", false, values::listItem));
        };
    }

    private Condition equality(Key key, String operator) {
        int place = text.position();
        Object value = values.literal();
        if (value instanceof Boolean truth) {
            return Conditions.truth(key, truth == operator.equals("=="));
        }
        if (value instanceof Number) {
            checkNumberField(key, place);
            return Conditions.number(key, operator, new Constant(value));
        }
        if (value == null) {
            value = values.variable("a text in quotes, a variable, a number, true or false");
        }
        checkAddress(key, value, place);
        return Conditions.text(key, operator, SieveValues.asText(value));
    }

    private Condition numberComparison(Key key, String operator) {
        int place = text.position();
        Object value = values.number();
        Object operand = value != null ? value : values.variable("a number or a variable");
        checkNumberField(key, place);
        return Conditions.number(key, operator, SieveValues.asNumber(operand));
    }

    private Condition membership(Key key, String operator) {
        int place = text.position();
        boolean numbersToo = operator.equals(":in");
        Class<?>[] kind = {null};
        List<Integer> places = new ArrayList<>();
        List<Object> items = values.list("'['", true, () -> {
            places.add(text.position());
            return member(kind, numbersToo);
        });
        if (kind[0] == Number.class) {
            checkNumberField(key, place);
            return Conditions.numbers(key, items.stream().map(SieveValues::asNumber).toList());
        }
        for (int i = 0; i < items.size(); i++) {
            checkAddress(key, items.get(i), places.get(i));
        }
        return Conditions.texts(key, operator, items.stream().map(SieveValues::asText).toList());
    }

    /** Texts and variables, or numbers and variables; the first that is not a variable decides. */
    private Object member(Class<?>[] kind, boolean numbersToo) {
        if (kind[0] != Number.class) {
            String quoted = text.acceptQuoted();
            if (quoted != null) {
                kind[0] = String.class;
                return quoted;
            }
        }
        if (numbersToo && kind[0] != String.class) {
            Object number = values.number();
            if (number != null) {
                kind[0] = Number.class;
                return number;
            }
        }
        return values.variable(kind[0] == Number.class ? "a number or a variable"
                : numbersToo && kind[0] == null ? "a text in quotes, a number or a variable" : "a text in quotes or a variable");
    }

    private Operand textOperand(Key key) {
        int place = text.position();
        String quoted = text.acceptQuoted();
        Object value = quoted != null ? quoted : values.variable("a text in quotes or a variable");
        checkAddress(key, value, place);
        return SieveValues.asText(value);
    }

    private List<IpNetwork> networks() {
        int place = text.position();
        String single = text.acceptQuoted();
        if (single != null) {
            return List.of(network(place, single));
        }
        return values.list("a text in quotes or '['", true, () -> network(text.position(), values.quoted("a text in quotes")));
    }

    private IpNetwork network(int place, String range) {
        IpNetwork network = IpNetwork.parseOrNull(range, true);
        if (network == null) {
            throw text.error(place, "\"" + range + "\" is not a network, expected such as 192.0.2.0/24 or 2001:db8::/32");
        }
        return network;
    }

    /** As in IntelMQ, a text that is not a time fails for each event that reaches it, and so does a variable. */
    private Moment moment() {
        String place = text.place(text.position());
        String quoted = text.acceptQuoted();
        String time = quoted != null ? quoted : values.variable("a text in quotes or a variable").name();
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
}
