package org.intelmq.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.HarmonizationFile;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * The installation that cases are replayed at.
 *
 * @param environment where {@code INTELMQ_<PARAMETER>} overrides parameters
 * @param pipeline      to be tried instead of the installation's {@code runtime.yaml}; {@code null} for that
 * @param harmonization for all cases of bots; {@code null} for that of the recording, and where a case was recorded here for the one in use
 */
public record Site(Installation installation, Map<String, String> environment, Catalogue catalogue, Path pipeline, Path harmonization) {

    /** What a case says that takes the harmonization and the databases from the installation. */
    static final String OF_INSTALLATION = "installation";

    RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(runtimeConfiguration(), environment);
    }

    Path runtimeConfiguration() {
        return pipeline == null ? installation.runtimeConfiguration() : pipeline;
    }

    /** The one given, or that beside the pipeline, or the installation's. */
    Path harmonizationFile() {
        if (harmonization != null) {
            return harmonization;
        }
        Path beside = runtimeConfiguration().resolveSibling(installation.harmonization().getFileName());
        return Files.exists(beside) ? beside : installation.harmonization();
    }

    Harmonization harmonizationInUse() {
        if (harmonization != null && !Files.exists(harmonization)) {
            throw new ConfigurationFileException(harmonization + " is missing: expected a harmonization.conf", null);
        }
        return new HarmonizationFile(harmonizationFile()).read();
    }

    /** For cases that may have been recorded elsewhere. */
    Harmonization harmonizationOf(Map<String, Object> record) {
        boolean own = harmonization != null || Boolean.TRUE.equals(record.get(OF_INSTALLATION));
        return own ? harmonizationInUse() : RecordedHarmonization.INSTANCE;
    }

    /** @param own a folder without any */
    Path databasesOf(Map<String, Object> record, Path own) {
        return Boolean.TRUE.equals(record.get(OF_INSTALLATION)) ? installation.bots() : own;
    }
}
