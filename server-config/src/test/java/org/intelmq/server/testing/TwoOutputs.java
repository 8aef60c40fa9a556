package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An installation that reads CSV files from {@code var/in} into an events file and, through a queue of its own, an event database. */
public final class TwoOutputs {

    /** Rows of the database, and how many of them differ in their comment. */
    public record InDatabase(long rows, long distinct) { }

    private final Path root;

    private TwoOutputs(Path root) {
        this.root = root;
    }

    /**
     * @param collector more parameters of the collector
     * @param columns   of the files; one is {@code comment}
     */
    public static TwoOutputs configure(Path root, String collector, String columns) throws IOException {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: %1$s/var/in, postfix: .csv, delete_file: true, rate_limit: 1, %2$s
                    destination_queues: {_default: [parser-queue]}}
                parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: [%3$s], skip_header: true, default_fields: {classification.type: scanner},
                    destination_queues: {_default: [file-queue, database-queue]}}
                file:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: %1$s/var/out/events.txt}
                database:
                  group: Output
                  module: intelmq.bots.outputs.sql.output
                  parameters: {engine: h2, database: %1$s/var/out/events}
                """.formatted(root, collector, columns));
        return new TwoOutputs(root);
    }

    public Path events() {
        return root.resolve("var/out/events.txt");
    }

    /** While no server uses it. */
    public InDatabase inDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT \"comment\") FROM events")) {
            result.next();
            return new InDatabase(result.getLong(1), result.getLong(2));
        }
    }
}
