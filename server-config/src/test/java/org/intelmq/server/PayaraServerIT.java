package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.server.outside.TraceCollector;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Sample;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged archive on a full application server, brought there by the distribution's script. */
class PayaraServerIT {

    private static final String DOMAIN = "intelmq";

    @TempDir
    private Path folder;
    private Path domains;
    private int administration;
    private int http;
    private final Map<String, String> variables = new HashMap<>();

    /** A domain of the test's own, which listens at free ports of the loopback address. */
    @BeforeEach
    void makeDomain() throws IOException {
        domains = folder.resolve("domains");
        copy(server().resolve("glassfish/domains/domain1"), domains.resolve(DOMAIN));
        administration = ServerProcess.freePort();
        http = ServerProcess.freePort();
        Path configuration = domains.resolve(DOMAIN).resolve("config/domain.xml");
        String domain = Files.readString(configuration)
                .replace("\"0.0.0.0\"", "\"127.0.0.1\"")
                .replace("<network-listener port=\"4848\"", listener(administration))
                .replace("<network-listener port=\"8080\"", listener(http))
                .replace("<network-listener port=\"8181\"", listener(ServerProcess.freePort()))
                .replace("<hazelcast-config-specific-configuration>", "<hazelcast-config-specific-configuration enabled=\"false\">");
        for (String fixed : List.of("3700", "3820", "3920", "8686")) {
            domain = domain.replace("port=\"" + fixed + "\"", "port=\"" + ServerProcess.freePort() + "\"");
        }
        Files.writeString(configuration, domain);
    }

    private static String listener(int port) {
        return "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"";
    }

    @AfterEach
    void stopDomain() throws IOException {
        Path pid = domains.resolve(DOMAIN).resolve("config/pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    /** And tells OpenTelemetry's collector of each step, which are one trace. */
    @Test
    void takesTheSampleToFileAndDatabase() throws IOException, SQLException {
        Path root = folder.resolve("root");
        Sample sample = Sample.in(root);
        try (TraceCollector traces = new TraceCollector()) {
            variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", traces.url());
            asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
            run(ServerProcess.distribution().resolve("share/deploy-payara-server").toString(), server().resolve("bin/asadmin").toString(), root.toString());

            sample.awaitThrough(Api.of(root));
            asadmin("stop-domain", "--domaindir", domains.toString(), DOMAIN);
            checkTraces(traces.spans());
        }
        sample.check();
    }

    /** From either output back to the collector, each step the child of the one before. */
    private static void checkTraces(List<TraceCollector.Span> spans) {
        Map<String, TraceCollector.Span> byId = spans.stream().collect(Collectors.toMap(TraceCollector.Span::id, span -> span));
        for (String output : List.of("file-output", "sql-output")) {
            List<List<String>> ways = spans.stream().filter(span -> span.name().equals(output)).map(span -> way(span, byId)).toList();
            assertTrue(ways.contains(List.of(output, "sample-url-expert", "sample-taxonomy-expert", "sample-deduplicator-expert", "sample-parser",
                    "sample-collector")), () -> ways + " of " + spans);
        }
    }

    private static List<String> way(TraceCollector.Span last, Map<String, TraceCollector.Span> spans) {
        return Stream.iterate(last, Objects::nonNull, span -> spans.get(span.parent()))
                .peek(span -> assertEquals(last.trace(), span.trace())).map(TraceCollector.Span::name).toList();
    }

    private static Path server() {
        return Path.of(System.getProperty("intelmq.payara-server"), "payara6");
    }

    private void asadmin(String... arguments) throws IOException {
        run(Stream.concat(Stream.of(server().resolve("bin/asadmin").toString()), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("AS_JAVA", System.getProperty("java.home"), "AS_ADMIN_PORT", String.valueOf(administration),
                "INTELMQ_URL", "http://127.0.0.1:" + http + "/"));
        Process process = builder.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive());
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
