package org.intelmq.administration.shared;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several servers with one configuration, which is in a real PostgreSQL. */
@Timeout(60)
abstract class SharedServers {

    static final String RUNTIME = """
            # our pipeline
            first:
              module: intelmq.bots.experts.sieve.expert
              group: Expert
              parameters: {file: etc/rules/first.sieve, destination_queues: {_default: [out-queue]}}
            out:
              module: intelmq.bots.outputs.file.output
              group: Output
              parameters: {file: var/out.txt, api_token: swordfish}
            """;
    static final String MORE = RUNTIME + """
            second:
              module: intelmq.bots.experts.taxonomy.expert
              group: Expert
              parameters: {destination_queues: {_default: [out-queue]}}
            """;
    static final String RULES = "etc/rules/first.sieve";
    static final String KEEP = "keep\n";

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;
    private final List<SharedServer> servers = new ArrayList<>();
    String name;
    SharedDatabase database;

    @BeforeAll
    static void beginAll() throws IOException {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IllegalStateException e) {
            Assumptions.abort("left out, as there is no PostgreSQL for this machine: " + e.getMessage());
        }
    }

    @AfterAll
    static void endAll() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void begin(TestInfo test) throws SQLException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        ask("CREATE DATABASE " + name);
        database = new SharedDatabase("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, "postgres", null);
    }

    @AfterEach
    void end() {
        servers.forEach(SharedServer::close);
    }

    private static void ask(String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    void goAway() throws SQLException {
        ask("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    void comeBack() throws SQLException {
        ask("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
    }

    SharedServer server(String node) throws IOException {
        return server(node, RUNTIME, (method, arguments) -> { });
    }

    SharedServer server(String node, String runtime, TestServer.Meanwhile meanwhile) throws IOException {
        Path root = folder.resolve(node);
        if (Files.notExists(root)) {
            Files.createDirectories(root.resolve("etc/rules"));
            Files.writeString(root.resolve(RULES), KEEP);
        }
        SharedServer server = new SharedServer(root, runtime, database, meanwhile);
        servers.add(server);
        return server;
    }

    SharedServer again(SharedServer before) throws IOException {
        return server(before.root().getFileName().toString(), before.runtime(), (method, arguments) -> { });
    }

    static List<Path> kept(SharedServer server) throws IOException {
        try (Stream<Path> all = Files.list(server.root().resolve("etc"))) {
            return all.filter(each -> each.getFileName().toString().matches("runtime\\.yaml\\.\\d{8}-\\d{6}\\.bak")).toList();
        }
    }

    static Refusal refused(Callable<?> work) {
        return assertThrows(Refusal.class, work::call);
    }
}
