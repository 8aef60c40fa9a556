package org.intelmq.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.pipeline.Installation;

/** Where an installation keeps its files, as {@code intelmqctl debug} shows it. */
public final class InstallationDetails {

    private static final List<String> VARIABLES =
            List.of("INTELMQ_ROOT_DIR", "INTELMQ_PATHS_NO_OPT", "INTELMQ_PATHS_OPT", "INTELMQ_MANAGER_CONTROLLER_CMD", "PATH");

    private InstallationDetails() { }

    public static Map<String, Object> paths(Installation installation) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put("HARMONIZATION_CONF_FILE", installation.harmonization().toString());
        paths.put("RUNTIME_CONF_FILE", installation.runtimeConfiguration().toString());
        paths.put("VAR_RUN_PATH", installation.run() + "/");
        paths.put("STATE_FILE_PATH", installation.state().resolve("state.json").toString());
        paths.put("DEFAULT_LOGGING_PATH", installation.log() + "/");
        paths.put("__file__", String.valueOf(InstallationDetails.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
        paths.put("CONFIG_DIR", installation.etc() + "/");
        paths.put("ROOT_DIR", installation.root() + "/");
        return paths;
    }

    /** Variables that are not set are {@code null}. */
    public static Map<String, Object> variables(Map<String, String> environment) {
        Map<String, Object> values = new LinkedHashMap<>();
        VARIABLES.forEach(name -> values.put(name, environment.get(name)));
        return values;
    }
}
