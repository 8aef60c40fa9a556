package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed that is fetched again and again: what each report brings is in file and database, because no report is taken for another. */
class WebCollectorIT {

    private static final int REPORTS = 3;
    private static final int ROWS_A_REPORT = 5;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    @TempDir
    private Path root;

    @Test
    void everyReportIsInFileAndDatabase() throws IOException, SQLException {
        NumberedFeed feed = new NumberedFeed(root);
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/feed.csv", exchange -> {
            byte[] body = feed.text(ROWS_A_REPORT).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        try {
            configure(web.getAddress().getPort());
            try (ServerProcess server = ServerProcess.start(root)) {
                await().atMost(LONG_ENOUGH).until(() -> feed.rows() >= REPORTS * ROWS_A_REPORT);
                server.post("api/v1/bots/stop?bot=collector", "");
                await().atMost(LONG_ENOUGH).until(() -> server.queues().values().stream().allMatch(length -> length == 0));
                assertEquals(0, server.stop());
            }
        } finally {
            web.stop(0);
        }
        assertEquals(feed.rows(), NumberedFeed.rowsIn(root.resolve("var/out/events.txt")).size(), "rows in the file");
        assertEquals(feed.rows(), rowsInDatabase(), "rows in the database");
    }

    private void configure(int port) throws IOException {
        Files.createDirectories(root.resolve("var/out"));
        Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("runtime.yaml"), """
                collector: {group: Collector, module: intelmq.bots.collectors.http.collector_http, parameters: {name: web, rate_limit: 1,
                  http_url: "http://127.0.0.1:%2$d/feed.csv", destination_queues: {_default: [parser-queue]}}}
                parser: {group: Parser, module: intelmq.bots.parsers.generic.parser_csv, parameters: {columns: [source.ip, source.port, comment],
                  skip_header: true, default_fields: {classification.type: scanner}, destination_queues: {_default: [file-queue, database-queue]}}}
                file: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: %1$s/var/out/events.txt}}
                database: {group: Output, module: intelmq.bots.outputs.sql.output, parameters: {engine: h2, database: %1$s/var/out/events}}
                """.formatted(root, port));
    }

    private int rowsInDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(DISTINCT \"comment\") FROM events")) {
            result.next();
            return result.getInt(1);
        }
    }
}
