package org.intelmq.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.configuration.MaskedSecretException;
import org.intelmq.administration.configuration.Positions;
import org.intelmq.administration.configuration.SaveConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.yaml.ConfigurationFileException;

/** The files that the web manager reads and writes whole: the configuration of the bots, their places in its graph, the fields of events. */
final class StoredFiles {

    private static final Logger LOG = Logger.getLogger(StoredFiles.class.getName());
    private static final String SUCCESS = "success";

    private final Installation installation;
    private final Administration administration;

    StoredFiles(Installation installation, Administration administration) {
        this.installation = installation;
        this.administration = administration;
    }

    /** Secrets are masked. */
    Map<String, Object> runtime(Caller caller) throws Exception {
        return administration.perform(caller, new SaveConfiguration.Stored());
    }

    /**
     * What is written is not checked: that is what {@code check} is for.
     *
     * @return {@code success}, or why it is not written
     */
    String writeRuntime(Caller caller, Map<String, Object> wanted) throws Exception {
        return written(caller, new SaveConfiguration(wanted), installation.runtimeConfiguration());
    }

    Map<String, Object> positions(Caller caller) throws Exception {
        return administration.perform(caller, new Positions());
    }

    /** @return {@code success}, or why it is not written */
    String writePositions(Caller caller, Map<String, Object> positions) throws Exception {
        return written(caller, new Positions.Write(positions, null), installation.etc().resolve("manager/positions.conf"));
    }

    Map<String, Object> harmonization(Caller caller) throws Exception {
        return administration.perform(caller, new Positions.Fields());
    }

    private String written(Caller caller, Command<?> command, Path file) throws Exception {
        try {
            administration.perform(caller, command);
            return SUCCESS;
        } catch (IOException | UncheckedIOException | ConfigurationFileException | MaskedSecretException | Refusal e) {
            LOG.log(Level.WARNING, e, () -> file + " is not written");
            return e instanceof AccessDeniedException ? "[Errno 13] Permission denied: '" + file + "'" : file + " is not written: " + e.getMessage();
        }
    }
}
