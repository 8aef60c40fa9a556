package org.intelmq.administration;

import java.util.Map;
import java.util.function.Supplier;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * What operations work on. Thread-safe.
 *
 * @param environment where {@code INTELMQ_<PARAMETER>} overrides a parameter of every bot
 * @param check       looks through the configuration as it is then
 */
public record Site(BotControl control, Catalogue catalogue, Installation installation, Map<String, String> environment,
                   Supplier<ConfigurationCheck.Result> check) {

    /** {@code runtime.yaml} as it is now. */
    public RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
    }
}
