package org.intelmq.template;

import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.parse.TextToken;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.message.Message;

/** Operators' Jinja templates. They see only what they are given, and their steps, time and size are limited. Not thread-safe. */
public final class Templates {

    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");
    private static final int DEEPEST_BRACKETS = 100;
    private static final int LONGEST_REASON = 400;

    private final TemplateBudget budget = new TemplateBudget();
    private final TemplateEngine engine = new TemplateEngine(budget);
    private final Map<String, Object> sample;
    private JinjavaInterpreter interpreter = engine.newInterpreter();

    /** A compiled template. */
    public static final class Template {

        private final Node node;

        private Template(Node node) {
            this.node = node;
        }
    }

    /** @param sample the names that templates may use, with values of the right kinds, so that faulty templates are found when they are compiled */
    public Templates(Map<String, Object> sample) {
        this.sample = sample;
    }

    /** The event as templates see it: a read-only dictionary. */
    public static Object view(Message event) {
        return new EventMap(event);
    }

    /** A time as templates see it, with Python's {@code strftime}. */
    public static Object view(ZonedDateTime time) {
        return new TemplateTime(time);
    }

    /** @throws IllegalArgumentException saying what is wrong with the template, and where */
    public Template compile(String template) {
        JinjavaInterpreter parser = engine.newInterpreter();
        parser.getContext().setExpressionStrategy(PythonFilters::output);
        try {
            // as in Jinja, a single line feed at the end of a template is not part of its text
            Node node = parser.parse(template.endsWith("\n") ? template.substring(0, template.length() - 1) : template);
            failOn(parser.getErrors(), error -> true);
            checkCode(node);
            // expressions and tags are only parsed when they are reached
            render(node, sample, error -> error.getMessage().startsWith("Error parsing"));
            return new Template(node);
        } catch (InterpretException e) {
            throw new IllegalArgumentException("is faulty: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("is nested too deeply", e);
        }
    }

    /** @throws InterpretException saying what is wrong, and where */
    public String render(Template template, Map<String, Object> values) {
        return render(template.node, values, error -> true);
    }

    /** The template engine takes an unknown filter as nothing, and parses the content of a bracket again for each level of nesting. */
    private static void checkCode(Node node) {
        if (node.getMaster() != null && !(node.getMaster() instanceof TextToken)) {
            String code = QUOTED.matcher(node.getMaster().getImage()).replaceAll("''");
            if (nesting(code) > DEEPEST_BRACKETS) {
                throw new InterpretException(at(node.getLineNumber()) + "brackets are nested deeper than " + DEEPEST_BRACKETS + " levels");
            }
            Matcher filters = FILTER.matcher(code);
            while (filters.find()) {
                if (!FilterLimits.ALLOWED.contains(filters.group(1))) {
                    throw new InterpretException(at(node.getLineNumber()) + "there is no filter " + filters.group(1));
                }
            }
        }
        node.getChildren().forEach(Templates::checkCode);
    }

    private static int nesting(String code) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < code.length(); i++) {
            switch (code.charAt(i)) {
                case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
                case ')', ']', '}' -> depth--;
                default -> { }
            }
        }
        return deepest;
    }

    /** Interpreters are expensive to create, so one is used until it has met an error; whatever a template sets is discarded after it. */
    private String render(Node template, Map<String, Object> values, Predicate<TemplateError> fatal) {
        budget.begin();
        try (AutoCloseableImpl<JinjavaInterpreter> current = JinjavaInterpreter.closeablePushCurrent(interpreter).get();
             JinjavaInterpreter.InterpreterScopeClosable scope = interpreter.enterScope()) {
            values.forEach(interpreter.getContext()::put);
            String text = interpreter.render(template);
            failOn(interpreter.getErrors(), fatal);
            return text;
        } catch (TemplateBudget.Exceeded e) {
            dropInterpreter();
            throw new InterpretException(at(interpreter.getLineNumber()) + e.getMessage(), e);
        } catch (StackOverflowError e) {
            dropInterpreter();
            throw new InterpretException("the template is nested too deeply", e);
        } finally {
            if (!interpreter.getErrors().isEmpty()) {
                dropInterpreter();
            }
        }
    }

    private void dropInterpreter() {
        interpreter = engine.newInterpreter();
    }

    private static void failOn(List<TemplateError> errors, Predicate<TemplateError> fatal) {
        for (TemplateError error : errors) {
            if (fatal.test(error)) {
                String what = error.getMessage().lines().findFirst().orElse(error.getReason().toString());
                throw new InterpretException(at(error.getLineno()) + shortened(what), error.getException());
            }
        }
    }

    /** The template engine does not always know the line. */
    private static String at(int line) {
        return line > 0 ? "line " + line + ": " : "";
    }

    /** The template engine repeats the expression that it cannot read, however long it is. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text
                : text.substring(0, LONGEST_REASON / 2) + " … " + text.substring(text.length() - LONGEST_REASON / 2);
    }
}
