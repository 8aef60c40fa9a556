package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An installation that reads CSV files from {@code var/in} into an events file and, through a queue of its own, an event database. */
public final class TwoOutputs {

    /** Rows of the database, and how many of them differ in their comment. */
    public record InDatabase(long rows, long distinct) { }

    private final Path root;

    private TwoOutputs(Path root) {
        this.root = root;
    }

    public static TwoOutputs configure(Path root) throws IOException {
        return configure(root, new NumberedPipeline(root));
    }

    /** @param pipeline of that root, still without outputs */
    public static TwoOutputs configure(Path root, NumberedPipeline pipeline) throws IOException {
        pipeline.file().h2("database").write();
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
