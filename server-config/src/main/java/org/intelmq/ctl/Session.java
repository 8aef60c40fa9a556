package org.intelmq.ctl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/** What the commands of one call share; read when first needed. */
final class Session {

    private final Output output;
    private final Map<String, String> environment;
    private Path root;
    private RuntimeConfiguration configuration;
    private Catalogue catalogue;
    private BotControl control;

    Session(Output output, Map<String, String> environment) {
        this.output = output;
        this.environment = environment;
    }

    /** @param chosen {@code null} for what the environment says */
    void choose(Path chosen) {
        root = chosen;
    }

    /** Uses this instead of the installation's server. */
    void use(BotControl given) {
        control = given;
    }

    Output output() {
        return output;
    }

    Map<String, String> environment() {
        return environment;
    }

    Installation installation() {
        if (root != null) {
            return Installation.at(root.toAbsolutePath().normalize());
        }
        boolean said = environment.containsKey("INTELMQ_ROOT_DIR") || environment.containsKey("INTELMQ_PATHS_NO_OPT");
        return said || home() == null ? Installation.of(environment) : Installation.at(home());
    }

    /** The distribution; {@code null} if it is not known where that is. */
    Path home() {
        String home = System.getProperty("intelmq.home");
        return home == null ? null : Path.of(home);
    }

    /** A folder with jars of the distribution; {@code null} if it is not known where that is. */
    Path library(String name) {
        return home() == null ? null : home().resolve("lib").resolve(name);
    }

    /**
     * While the file is broken, what the running server has loaded: it can still be controlled.
     *
     * @throws ConfigurationFileException if {@code runtime.yaml} cannot be used, and no server runs
     */
    RuntimeConfiguration configuration() {
        if (configuration == null) {
            try {
                configuration = RuntimeConfiguration.read(installation().runtimeConfiguration(), environment);
            } catch (ConfigurationFileException e) {
                configuration = runningServer().orElseThrow(() -> e).loaded();
                output.complain(e.getMessage() + ". The server goes on with what it has loaded. "
                        + "Fix the file, or go back: 'intelmqctl rollback'" + backup() + ".");
            }
        }
        return configuration;
    }

    private String backup() {
        Path kept = installation().runtimeConfiguration().resolveSibling("runtime.yaml.bak");
        return Files.exists(kept) ? ", or copy " + kept : "";
    }

    /** After the file was changed. */
    void forgetConfiguration() {
        configuration = null;
    }

    /** Sorted, as IntelMQ goes through them. */
    List<String> bots(Group group) {
        return configuration().bots().values().stream().filter(bot -> group == null || group.title().equals(bot.group()))
                .map(BotConfiguration::id).sorted().toList();
    }

    Catalogue catalogue() {
        if (catalogue == null) {
            catalogue = Catalogue.load(Session.class.getClassLoader(), installation().botJars());
        }
        return catalogue;
    }

    InstalledServer server() {
        return new InstalledServer(installation());
    }

    /** The running server, or what can be said without one. */
    BotControl control() {
        if (control == null) {
            control = server().control().<BotControl>map(found -> found).orElseGet(() -> new IdleControl(this::configuration, false));
        }
        return control;
    }

    /** The running server. @throws NoServerException if there is none */
    RemoteControl remote() {
        return server().control().orElseThrow(() -> new NoServerException("The server does not run. Start it with 'intelmqctl start', or 'intelmq run'."));
    }

    /** The running server of this installation, asked over its interface; empty if there is none. */
    Optional<RemoteControl> runningServer() {
        return control() instanceof RemoteControl remote ? Optional.of(remote) : Optional.empty();
    }

    boolean hasServer() {
        return !(control() instanceof IdleControl idle) || idle.isServer();
    }

    /** The running server; it is started if need be. */
    BotControl startedControl() throws Exception {
        if (!hasServer()) {
            control = server().start(output);
        }
        return control;
    }
}
