package org.intelmq.template;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;

/** Replaces a function of the template engine that Jinja does not have. Public because the template engine calls it. */
public final class MissingFunction {

    private MissingFunction() { }

    static ELFunctionDefinition inPlaceOf(ELFunctionDefinition function) {
        return new ELFunctionDefinition(function.getNamespace(), function.getLocalName(), MissingFunction.class, "refuse", Object[].class);
    }

    /** @throws InterpretException always */
    public static Object refuse(Object... arguments) {
        throw new InterpretException("there is no such function");
    }
}
