package org.intelmq.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** Functions of IntelMQ and Jinja that the template engine lacks. Public because the template engine calls them. */
public final class PythonFunctions {

    static final List<ELFunctionDefinition> ALL = List.of(
            new ELFunctionDefinition("", "from_json", PythonFunctions.class, "fromJson", String.class),
            new ELFunctionDefinition("", "joiner", PythonFunctions.class, "joiner", Object[].class));

    private PythonFunctions() { }

    /** The value that a JSON text stands for. */
    public static Object fromJson(String text) {
        if (text == null) {
            throw new IllegalArgumentException("from_json is given nothing, expected a JSON text");
        }
        return Json.parse(text);
    }

    /** A function to be kept in a variable: it returns nothing the first time, and the separator from then on. */
    public static Object joiner(Object... separator) {
        return new Joiner(separator.length == 0 ? ", " : String.valueOf(separator[0]));
    }

    /** The result of {@link #joiner}. */
    static final class Joiner {

        private final String separator;
        private boolean called;

        private Joiner(String separator) {
            this.separator = separator;
        }

        private String call() {
            String text = called ? separator : "";
            called = true;
            return text;
        }

        /** Makes a variable that holds it callable, for as long as the variable's scope lasts. */
        void callableAs(String variable, JinjavaInterpreter interpreter) {
            interpreter.getContext().addGlobalMacro(new Call(variable, interpreter));
        }

        private final class Call extends MacroFunction {

            private Call(String name, JinjavaInterpreter interpreter) {
                super(List.of(), name, new LinkedHashMap<>(), false, interpreter.getContext(), 0, 0);
            }

            @Override
            public Object doEvaluate(Map<String, Object> arguments, Map<String, Object> byName, List<Object> further) {
                return call();
            }
        }
    }
}
