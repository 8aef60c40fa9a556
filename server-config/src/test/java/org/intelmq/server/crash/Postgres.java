package org.intelmq.server.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;
import org.intelmq.server.testing.ServerProcess;

/** A PostgreSQL with the events table, which can be stopped and started on the same data. */
final class Postgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private final String listens;
    private EmbeddedPostgres server;

    /** @param rows all rows of the table, {@code distinct} the different ones among them */
    record Count(int rows, int distinct) { }

    private Postgres(Path data, int port, String listens) {
        this.data = data;
        this.port = port;
        this.listens = listens;
    }

    static Postgres start(Path data) throws IOException, SQLException {
        return start(data, null);
    }

    /** @param range of addresses from which it is reached too, as CIDR; {@code null} for none */
    static Postgres start(Path data, String range) throws IOException, SQLException {
        Postgres postgres = new Postgres(data, ServerProcess.freePort(), range == null ? "127.0.0.1" : "*");
        postgres.start();
        if (range != null) {
            Files.writeString(data.resolve("pg_hba.conf"), "host all all " + range + " trust\n", StandardOpenOption.APPEND);
            postgres.execute("SELECT pg_reload_conf()");
        }
        postgres.execute(EventTable.of(Harmonization.standard()).postgresql(EventTable.Options.NONE));
        return postgres;
    }

    void start() throws IOException {
        server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port).setServerConfig("listen_addresses", listens)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD).setErrorRedirector(ProcessBuilder.Redirect.DISCARD).start();
    }

    void stop() throws IOException {
        server.close();
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    /** Time of all processors that its processes have used, except those that have ended, as those of our own questions do. */
    Duration used() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        return ProcessHandle.of(postmaster).orElseThrow().descendants().map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    void empty() throws SQLException {
        execute("TRUNCATE events");
    }

    Count count() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT \"comment\") FROM events")) {
            result.next();
            return new Count(result.getInt(1), result.getInt(2));
        }
    }

    /** How many rows have been numbered, those of uncommitted transactions included: never fewer than there are, and cheap to ask. */
    long numbered() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT last_value FROM events_id_seq")) {
            result.next();
            return result.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
