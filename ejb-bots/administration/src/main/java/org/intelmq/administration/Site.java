package org.intelmq.administration;

import java.util.Map;
import java.util.function.Supplier;
import org.intelmq.access.People;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.workbench.Workbench;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * What operations work on. Thread-safe.
 *
 * @param environment where {@code INTELMQ_<PARAMETER>} overrides a parameter of every bot
 * @param check       looks through the configuration as it is then
 * @param store       the configuration, its history and its drafts
 * @param workbench   where bots are tried out
 * @param people      who may use the server
 * @param caller      who asks; {@code null} while nobody does
 */
public record Site(BotControl control, Catalogue catalogue, Installation installation, Map<String, String> environment,
                   Supplier<ConfigurationCheck.Result> check, ConfigurationStore store, Workbench workbench, People people, Caller caller) {

    /** The same, asked by somebody. */
    Site askedBy(Caller other) {
        return new Site(control, catalogue, installation, environment, check, store, workbench, people, other);
    }

    /** {@code runtime.yaml} as it is now. */
    public RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
    }
}
