package org.intelmq.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.util.ObjectIterator;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.tuple.Pair;

/** The loop, within the budget and with Jinja's condition: {@code for key in event if key.startswith('source.')}. */
final class PythonFor extends ForTag {

    private static final long serialVersionUID = 1L;
    private static final String IF = "if";

    private final transient TemplateBudget budget;

    PythonFor(TemplateBudget budget) {
        this.budget = budget;
    }

    @Override
    public Pair<List<String>, String> getLoopVarsAndExpression(TagToken token) {
        Pair<List<String>, String> loop = super.getLoopVarsAndExpression(token);
        int condition = condition(loop.getRight());
        return condition < 0 ? loop : Pair.of(loop.getLeft(), loop.getRight().substring(0, condition).strip());
    }

    @Override
    public String renderForCollection(TagNode node, JinjavaInterpreter interpreter, List<String> variables, Object collection) {
        budget.spend(ObjectIterator.getLoop(collection).getLength());
        String expression = super.getLoopVarsAndExpression((TagToken) node.getMaster()).getRight();
        int condition = condition(expression);
        Object wanted = condition < 0 ? collection
                : filtered(collection, variables, expression.substring(condition + IF.length()), node.getLineNumber(), interpreter);
        return super.renderForCollection(node, interpreter, variables, wanted);
    }

    private List<Object> filtered(Object collection, List<String> variables, String condition, int line, JinjavaInterpreter interpreter) {
        List<Object> wanted = new ArrayList<>();
        Iterator<?> items = collection instanceof Map<?, ?> map ? map.keySet().iterator() : ObjectIterator.getLoop(collection);
        while (items.hasNext()) {
            budget.spend(1);
            Object item = items.next();
            try (JinjavaInterpreter.InterpreterScopeClosable scope = interpreter.enterScope()) {
                List<?> values = variables.size() == 1 ? Arrays.asList(item) : parts(item);
                for (int i = 0; i < Math.min(variables.size(), values.size()); i++) {
                    interpreter.getContext().put(variables.get(i), values.get(i));
                }
                if (ObjectTruthValue.evaluate(interpreter.resolveELExpression(condition, line))) {
                    wanted.add(item);
                }
            }
        }
        return wanted;
    }

    private static List<?> parts(Object item) {
        return item instanceof Map.Entry<?, ?> entry ? Arrays.asList(entry.getKey(), entry.getValue())
                : item instanceof Collection<?> several ? List.copyOf(several) : item instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(item);
    }

    /** The position of the word that the condition follows, outside of texts and brackets; -1 if there is none. */
    private static int condition(String expression) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && expression.startsWith(IF, i) && isEnd(expression, i - 1) && isEnd(expression, i + IF.length())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEnd(String expression, int at) {
        return at >= 0 && at < expression.length() && (Character.isWhitespace(expression.charAt(at)) || "()[]'\"".indexOf(expression.charAt(at)) >= 0);
    }
}
