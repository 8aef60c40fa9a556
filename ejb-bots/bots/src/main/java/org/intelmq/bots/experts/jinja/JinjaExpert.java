package org.intelmq.bots.experts.jinja;

import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.parse.TextToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

public final class JinjaExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Field to template. A template is text, or a file as file:///path; the event is called msg in it.", byDefault = "",
                    example = "output: The provider is {{ msg['feed.provider'] }}!", fields = FieldNames.KEYS_FILLED)
            Map<String, Object> fields,
            @Param(value = "Whether a present value is replaced.", byDefault = "false")
            boolean overwrite) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.jinja.expert", "Jinja2 Template",
            "Fills fields from Jinja templates, which see the event and nothing else.", Params.class, JinjaExpert::new);

    private static final String FILE = "file:///";
    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");
    private static final int DEEPEST_BRACKETS = 100;
    private static final int LONGEST_REASON = 400;

    private final TemplateBudget budget = new TemplateBudget();
    private final TemplateEngine engine = new TemplateEngine(budget);
    private JinjavaInterpreter interpreter = engine.newInterpreter();
    private final Map<Field, Node> templates = new LinkedHashMap<>();
    private final IfPresent ifPresent;
    private final BotContext context;

    JinjaExpert(Params params, BotContext context) {
        this.context = context;
        ifPresent = params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
        params.fields.forEach((field, template) -> templates.put(Field.of(field), parse(field, template.toString())));
    }

    private Node parse(String field, String template) {
        JinjavaInterpreter parser = engine.newInterpreter();
        parser.getContext().setExpressionStrategy(PythonFilters::output);
        try {
            String text = template.startsWith(FILE) ? read(Path.of(template.substring(FILE.length() - 1))) : template;
            // as in Jinja, one line feed at the end of a template is none of its text
            Node node = parser.parse(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
            failOn(parser.getErrors(), error -> true);
            checkCode(node);
            // expressions and tags are only read when they are met
            render(node, context.newEvent(), error -> error.getMessage().startsWith("Error parsing"));
            return node;
        } catch (InterpretException e) {
            throw new ConfigurationException("parameter 'fields': the template of " + field + " is faulty: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ConfigurationException("parameter 'fields': the template of " + field + " is nested too deeply", e);
        }
    }

    /** The template engine takes what an unknown filter makes for nothing, and reads all that is in a bracket again for each level. */
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
        node.getChildren().forEach(JinjaExpert::checkCode);
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'fields': template " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        templates.forEach((field, template) -> event.add(field, render(template, event, error -> true), ifPresent));
        out.send(event);
    }

    /** Making an interpreter is dear, so one serves until it has met an error; what a template sets is gone after it. */
    private String render(Node template, Message event, Predicate<TemplateError> fatal) {
        budget.begin();
        try (AutoCloseableImpl<JinjavaInterpreter> current = JinjavaInterpreter.closeablePushCurrent(interpreter).get();
             JinjavaInterpreter.InterpreterScopeClosable scope = interpreter.enterScope()) {
            interpreter.getContext().put("msg", new EventMap(event));
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
