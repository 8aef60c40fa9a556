package org.intelmq.template;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import jinjava.javax.el.MethodNotFoundException;
import jinjava.javax.el.PropertyNotFoundException;

/**
 * Everything that expressions can reach: texts, lists, dictionaries and the loop, with their Python methods, and filters and tests. Anything
 * else that a template gets hold of, such as the template engine itself, has neither properties nor methods.
 */
final class EventResolver extends ELResolver {

    private static final ELResolver ENGINE = JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY;
    private static final Set<String> OF_DICTIONARIES = Set.of("get", "items", "keys", "values", "update");
    private static final Set<String> OF_LISTS = Set.of("append", "insert", "extend", "pop", "count", "index", "reverse", "copy");
    private static final Set<String> OF_LOOPS = Set.of("cycle");

    private final TemplateBudget budget;

    EventResolver(TemplateBudget budget) {
        this.budget = budget;
    }

    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        budget.spend(1);
        Object result = call(context, base, method.toString(), types, arguments);
        context.setPropertyResolved(true);
        // what comes of the event itself is as large as it is
        return base instanceof EventMap ? result : budget.checked(result);
    }

    private Object call(ELContext context, Object base, String method, Class<?>[] types, Object[] arguments) {
        if (base instanceof Filter filter) {
            try {
                return FilterLimits.call(filter, arguments);
            } catch (IllegalArgumentException e) {
                // which the template engine would take as a filter that does not exist
                throw new InterpretException("the filter " + filter.getName() + " fails: " + e.getMessage(), e);
            }
        }
        if (base instanceof ExpTest test) {
            JinjavaInterpreter interpreter = (JinjavaInterpreter) arguments[1];
            Object[] further = Arrays.copyOfRange(arguments, 2, arguments.length);
            return method.equals("evaluateNegated") ? test.evaluateNegated(arguments[0], interpreter, further)
                    : test.evaluate(arguments[0], interpreter, further);
        }
        if (base instanceof String text) {
            return PythonStrings.call(text, method, Arrays.stream(arguments).map(String::valueOf).toList());
        }
        String formatted = base instanceof TemplateTime time ? time.call(method, Arrays.stream(arguments).map(String::valueOf).toList()) : null;
        if (formatted != null) {
            return formatted;
        }
        if (methods(base).contains(method)) {
            Object result = ENGINE.invoke(context, base, method, types, arguments);
            budget.checked(base);
            return result;
        }
        throw new MethodNotFoundException("a template sees only the event: there is no method " + method);
    }

    private static Set<String> methods(Object base) {
        return base instanceof Map ? OF_DICTIONARIES : base instanceof List ? OF_LISTS : base instanceof ForLoop ? OF_LOOPS : Set.of();
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        if (base instanceof Map || base instanceof List || base instanceof Object[] || base instanceof ForLoop) {
            return ENGINE.getValue(context, base, property);
        }
        context.setPropertyResolved(true);
        if (base instanceof String text) {
            return PythonStrings.characterAt(text, property.toString());
        }
        if (base instanceof Map.Entry<?, ?> entry) {
            return switch (property.toString()) {
                case "0", "key" -> entry.getKey();
                case "1", "value" -> entry.getValue();
                default -> null;
            };
        }
        throw new PropertyNotFoundException("a template sees only the event: there is no " + property);
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) { }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return null;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return null;
    }
}
