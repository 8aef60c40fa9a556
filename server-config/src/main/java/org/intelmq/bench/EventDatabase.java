package org.intelmq.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
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

/** A PostgreSQL of its own with IntelMQ's {@code events} table. */
final class EventDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Connection connection;

    private EventDatabase(EmbeddedPostgres postgres, Connection connection) {
        this.postgres = postgres;
        this.connection = connection;
    }

    static EventDatabase start() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        try {
            Connection connection = postgres.getPostgresDatabase().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(EventTable.of(Harmonization.standard()).postgresql(EventTable.Options.NONE));
            }
            return new EventDatabase(postgres, connection);
        } catch (SQLException e) {
            postgres.close();
            throw new IOException("the database does not start: " + e.getMessage(), e);
        }
    }

    int port() {
        return postgres.getPort();
    }

    long count() throws IOException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT count(*) FROM events")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IOException("events cannot be counted: " + e.getMessage(), e);
        }
    }

    void empty() throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE events");
        } catch (SQLException e) {
            throw new IOException("events cannot be removed: " + e.getMessage(), e);
        }
    }

    /** The server and its children: descendants of this process that are called postgres. */
    List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) all.filter(path -> path.getFileName().toString().matches("[0-9]+"))::iterator) {
                Path name = process.resolve("comm");
                if (Files.exists(name) && Files.readString(name).strip().equals("postgres")) {
                    found.add(Long.valueOf(process.getFileName().toString()));
                }
            }
        }
        return found;
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
