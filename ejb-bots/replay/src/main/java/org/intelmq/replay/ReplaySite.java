package org.intelmq.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.settings.HarmonizationFile;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * The installation at which cases are replayed.
 *
 * @param environment where {@code INTELMQ_<PARAMETER>} overrides parameters
 * @param pipeline tried instead of the installation's {@code runtime.yaml}; {@code null} for that
 * @param harmonization for all cases of bots; {@code null} for the one in use, or that of the recording if a case was recorded from the
 *     original
 */
public record ReplaySite(Installation installation, Map<String, String> environment, Catalogue catalogue, Path pipeline, Path harmonization) {

    RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(runtimeConfiguration(), environment);
    }

    Path runtimeConfiguration() {
        return pipeline == null ? installation.runtimeConfiguration() : pipeline;
    }

    /** The given one, the one next to the pipeline, or the installation's. */
    Path harmonizationFile() {
        if (harmonization != null) {
            return harmonization;
        }
        Path beside = runtimeConfiguration().resolveSibling(installation.harmonization().getFileName());
        return Files.exists(beside) ? beside : installation.harmonization();
    }

    /** @throws ConfigurationFileException if it cannot be read */
    public Harmonization harmonizationInUse() {
        if (harmonization != null && !Files.exists(harmonization)) {
            throw new ConfigurationFileException(harmonization + " is missing: expected a harmonization.conf", null);
        }
        return new HarmonizationFile(harmonizationFile()).read();
    }
}
