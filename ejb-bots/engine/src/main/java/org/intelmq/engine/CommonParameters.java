package org.intelmq.engine;

import java.util.List;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.parameters.ParameterSchema.Parameter;

/** The parameters that every bot has, whatever it does; the engine acts on them. */
public final class CommonParameters {

    private static final String NODES = "nodes";

    private CommonParameters() { }

    public static List<Parameter> all() {
        return ParameterSchema.of(RuntimeParams.class).parameters();
    }

    /** The parameters that decide how servers on one broker share the bots. */
    static List<Parameter> ofServers() {
        return all().stream().filter(parameter -> parameter.name().equals(NODES)).toList();
    }
}
