package org.intelmq.pipeline;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where an installation keeps its files, laid out as IntelMQ does: one root with {@code etc} and {@code var}, or spread over the system's
 * folders ({@code INTELMQ_PATHS_NO_OPT}). Immutable.
 */
public record Installation(Path root, Path etc, Path log, Path run, Path bots, Path broker, Path state) {

    private static final String DEFAULT_ROOT = "/opt/intelmq";

    /** @param given may be relative to the program's current folder */
    public static Installation at(Path given) {
        Path root = given.toAbsolutePath().normalize();
        Path var = root.resolve("var");
        return new Installation(root, root.resolve("etc"), var.resolve("log"), var.resolve("run"),
                var.resolve("lib/bots"), var.resolve("lib/broker"), var.resolve("lib"));
    }

    /** As {@code INTELMQ_ROOT_DIR}, {@code INTELMQ_PATHS_NO_OPT} and {@code ROOT_DIR} say, else {@code /opt/intelmq}. */
    public static Installation of(Map<String, String> environment) {
        String root = environment.get("INTELMQ_ROOT_DIR");
        if (root != null && !root.isBlank()) {
            return at(Path.of(root));
        }
        if (!environment.containsKey("INTELMQ_PATHS_NO_OPT")) {
            return at(Path.of(DEFAULT_ROOT));
        }
        Path system = Path.of(environment.getOrDefault("ROOT_DIR", "/"));
        Path lib = system.resolve("var/lib/intelmq");
        return new Installation(system, system.resolve("etc/intelmq"), system.resolve("var/log/intelmq"),
                system.resolve("var/run/intelmq"), lib.resolve("bots"), lib.resolve("broker"), lib);
    }

    public Path runtimeConfiguration() {
        return etc.resolve("runtime.yaml");
    }

    public Path harmonization() {
        return etc.resolve("harmonization.conf");
    }

    /** The folder of jars with further bots, see {@link org.intelmq.bot.BotPack}. */
    public Path botJars() {
        return state.resolve("bot-jars");
    }

    /** Where the bot's log and dump files are; a relative path starts from the root. */
    public Path log(BotConfiguration bot) {
        Object own = bot.parameters().get("logging_path");
        return own == null ? log : root.resolve(own.toString());
    }
}
