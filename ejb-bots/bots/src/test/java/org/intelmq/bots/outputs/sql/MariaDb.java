package org.intelmq.bots.outputs.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.intelmq.testing.FreePort;

/** Debian's MariaDB, started in a folder of its own: user {@code intelmq} with the same word for a password, database {@code events}. */
public final class MariaDb implements AutoCloseable {

    private final Path folder;
    private final int port;
    private Process process;

    public MariaDb(Path folder) throws Exception {
        this.folder = folder;
        this.port = FreePort.find();
        Process install = new ProcessBuilder("mariadb-install-db", "--no-defaults", "--user=" + System.getProperty("user.name"), "--datadir="
                + folder.resolve("data"),
                "--auth-root-authentication-method=normal",
                        "--skip-test-db").redirectErrorStream(true).redirectOutput(folder.resolve("install.log").toFile()).start();
        if (install.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("install.log")));
        }
        start();
        runAs("mysql", "root", "", "CREATE DATABASE events", "CREATE USER intelmq@'127.0.0.1' IDENTIFIED BY 'intelmq'",
                "GRANT ALL ON events.* TO intelmq@'127.0.0.1'");
    }

    public int port() {
        return port;
    }

    /** Returns when it lets users in. */
    public void start() throws Exception {
        process = new ProcessBuilder("mariadbd", "--no-defaults", "--user=" + System.getProperty("user.name"), "--datadir=" + folder.resolve("data"),
                "--bind-address=127.0.0.1", "--skip-name-resolve", "--port=" + port, "--socket=" + folder.resolve("s"), "--innodb-buffer-pool-size=16M")
                .redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
        while (true) {
            try (Connection connection = connect("mysql", "root", "")) {
                return;
            } catch (SQLException e) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException(Files.readString(folder.resolve("server.log")), e);
                }
            }
        }
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + '/' + database + "?allowMultiQueries=true", user, password);
    }

    private void runAs(String database, String user, String password, String... statements) throws SQLException {
        try (Connection connection = connect(database, user, password); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public void run(String... statements) throws SQLException {
        runAs("events", "intelmq", "intelmq", statements);
    }

    /** The first column of what is selected. */
    public List<String> rows(String select) throws SQLException {
        try (Connection connection = connect("events", "intelmq", "intelmq"); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(select)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
