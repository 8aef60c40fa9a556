package org.intelmq.eventdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;

/** Which table of events is meant, as an operator says it: the same for whoever writes to it and whoever reads from it. */
public record EventTableParams(
        @Param(value = "Kind of database; h2 is embedded and needs no server, sqlite is a file with a table of events; mssql has been tested "
                + "with H2 in its place, but not with a real SQL Server. If not set: postgresql if host or password is set, as in IntelMQ, else h2.",
                optional = true)
        DatabaseProduct engine,
        @Param(value = "Server of the database; localhost if not set.", optional = true)
        String host,
        @Param(value = "Port of the server; by default 5432 for PostgreSQL, 3306 for MySQL, 1433 for SQL Server.", optional = true)
        Integer port,
        @Param(value = "Name of the database; for an embedded one its file, in sql-output in the data directory if not absolute.",
                byDefault = "intelmq-events", form = Form.LINE)
        String database,
        @Param(value = "User at the database.", byDefault = "intelmq")
        String user,
        @Param(value = "Password of the user.", optional = true, secret = true)
        String password,
        @Param(value = "How the connection is encrypted and the server checked: disable, allow, prefer, require, verify-ca or verify-full. If not "
                + "set: prefer for MySQL, else require.", optional = true, neverEmpty = true)
        String sslmode,
        @Param(value = "Table to write to.", byDefault = "events", form = Form.TABLE)
        String table) {

    private static final String FOLDER = "sql-output";

    public EventTableParams {
        if (engine == null) {
            engine = host != null || password != null ? DatabaseProduct.POSTGRESQL : DatabaseProduct.H2;
        }
        host = host == null ? "localhost" : host;
        port = port == null ? (Integer) engine.defaultPort() : port;
        sslmode = engine.sslmode(sslmode);
        engine.checkHost(host);
    }

    /** @param dataDirectory of bots, where embedded databases are */
    public DatabaseAddress address(Path dataDirectory, Duration connectTimeout) {
        return new DatabaseAddress(engine, host, port, engine.isFile() ? file(dataDirectory).toString() : database, user, password, sslmode, connectTimeout);
    }

    /** Whether an embedded database has been made; a server's is taken to be there. */
    public boolean isMade(Path dataDirectory) {
        return !engine.isFile() || Files.exists(Path.of(file(dataDirectory) + (engine == DatabaseProduct.H2 ? ".mv.db" : "")));
    }

    private Path file(Path dataDirectory) {
        return dataDirectory.resolve(FOLDER).resolve(database).toAbsolutePath();
    }
}
