package org.intelmq.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;

/** A separate PostgreSQL with IntelMQ's {@code events} table. */
final class BenchDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Connection connection;
    private final String server;

    private BenchDatabase(EmbeddedPostgres postgres, Connection connection) throws IOException {
        this.postgres = postgres;
        this.connection = connection;
        this.server = Files.readAllLines(Path.of(ask("SHOW data_directory"), "postmaster.pid")).get(0).strip();
    }

    static BenchDatabase start() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        try {
            Connection connection = postgres.getPostgresDatabase().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(EventTable.of(Harmonization.standard()).postgresql(EventTable.Options.NONE));
            }
            return new BenchDatabase(postgres, connection);
        } catch (SQLException e) {
            postgres.close();
            throw new IOException("the database does not start: " + e.getMessage(), e);
        }
    }

    int port() {
        return postgres.getPort();
    }

    /**
     * How many events are committed, as long as it is fewer than expected roughly: counting rows again and again would cost the
     * database more than writing them, but to look at the number that the next row gets costs nothing.
     */
    long count(long expected) throws IOException {
        long begun = Long.parseLong(ask("SELECT last_value FROM events_id_seq"));
        return begun < expected ? begun : Long.parseLong(ask("SELECT count(*) FROM events"));
    }

    void empty() throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE events RESTART IDENTITY");
        } catch (SQLException e) {
            throw new IOException("events cannot be removed: " + e.getMessage(), e);
        }
    }

    private String ask(String query) throws IOException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IOException(query + ": " + e.getMessage(), e);
        }
    }

    /** The server and its children, without other databases' processes on this machine. */
    List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) all.filter(path -> path.getFileName().toString().matches("[0-9]+"))::iterator) {
                String pid = process.getFileName().toString();
                if (pid.equals(server) || server.equals(parent(process))) {
                    found.add(Long.valueOf(pid));
                }
            }
        }
        return found;
    }

    private static String parent(Path process) throws IOException {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1];
        } catch (NoSuchFileException e) {
            // it has ended since it was listed
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            postgres.close();
        }
    }
}
