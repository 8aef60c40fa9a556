package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A domain of a test's own on a full application server that has {@code asadmin}, Payara Server or GlassFish. It listens at free ports of
 * the loopback address, and the distribution's script deploys to it. Its process ends with {@link #close}.
 */
public final class FullServer implements AutoCloseable {

    private static final String DOMAIN = "intelmq";
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(4);

    private final Path server;
    private final Path folder;
    private final Map<String, String> variables;
    private final int administration = ServerProcess.freePort();
    private final int http = ServerProcess.freePort();

    /**
     * @param server    as unpacked, which stays as it is
     * @param folder    for the domain
     * @param variables of its environment
     */
    public FullServer(Path server, Path folder, Map<String, String> variables) throws IOException {
        this.server = server;
        this.folder = folder;
        this.variables = new HashMap<>(variables);
        copy(server.resolve("glassfish/domains/domain1"), domains().resolve(DOMAIN));
        Path configuration = domains().resolve(DOMAIN).resolve("config/domain.xml");
        String domain = Files.readString(configuration)
                .replace("\"0.0.0.0\"", "\"127.0.0.1\"")
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"4848\"", listener(administration))
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"8080\"", listener(http))
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"8181\"", listener(ServerProcess.freePort()))
                .replace("<hazelcast-config-specific-configuration>", "<hazelcast-config-specific-configuration enabled=\"false\">");
        for (String fixed : List.of("3700", "3820", "3920", "8686")) {
            domain = domain.replace("port=\"" + fixed + "\"", "port=\"" + ServerProcess.freePort() + "\"");
        }
        for (String fixed : List.of("osgi.shell.telnet.port=6666", "\"7676\"")) {
            domain = domain.replace(fixed, fixed.replaceAll("[0-9]+", String.valueOf(ServerProcess.freePort())));
        }
        Files.writeString(configuration, domain);
    }

    private static String listener(int port) {
        return "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"";
    }

    private Path domains() {
        return folder.resolve("domains");
    }

    /** Starts the domain and deploys the distribution's archive with this root. */
    public void start(Path root) throws IOException {
        asadmin("start-domain", "--domaindir", domains().toString(), DOMAIN);
        run(ServerProcess.distribution().resolve("share/deploy-payara-server").toString(), server.resolve("bin/asadmin").toString(), root.toString());
    }

    /** In order; fails if the server says that it could not. */
    public void stop() throws IOException {
        asadmin("stop-domain", "--domaindir", domains().toString(), DOMAIN);
    }

    @Override
    public void close() throws IOException {
        Path pid = domains().resolve(DOMAIN).resolve("config/pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    private void asadmin(String... arguments) throws IOException {
        run(Stream.concat(Stream.of(server.resolve("bin/asadmin").toString()), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(variables);
        // for asadmin and the domain alike: they end before the second compiler has earned what it costs
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(Map.of("AS_JAVA", System.getProperty("java.home"), "AS_ADMIN_PORT", String.valueOf(administration),
                "INTELMQ_URL", "http://127.0.0.1:" + http + "/"));
        Process process = builder.start();
        try {
            await().atMost(LONGEST_COMMAND).until(() -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + text(folder.resolve("output")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
