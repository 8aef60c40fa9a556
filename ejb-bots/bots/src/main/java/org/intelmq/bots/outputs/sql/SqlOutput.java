package org.intelmq.bots.outputs.sql;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.Engine;
import org.intelmq.eventdb.EventDatabase;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

/** One transaction a batch. Connects when there is something to write; while the database is unreachable, the events wait. */
public final class SqlOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Kind of database; h2 is embedded and needs no server, sqlite is a file with a table of events. "
                    + "Not set: postgresql if host or password are, as in IntelMQ, else h2.", optional = true)
            Engine engine,
            @Param(value = "Server of the database; localhost if not set.", optional = true)
            String host,
            @Param(value = "Port of the server; not set: 5432 of PostgreSQL, 3306 of MySQL, 1433 of SQL Server.", optional = true)
            Integer port,
            @Param(value = "Name of the database; of an embedded one the file, below sql-output in the data directory if not absolute.",
                    byDefault = "intelmq-events")
            String database,
            @Param(value = "User at the database.", byDefault = "intelmq")
            String user,
            @Param(value = "Password of the user.", optional = true, secret = true)
            String password,
            @Param(value = "How the connection is encrypted and the server checked: disable, allow, prefer, require, verify-ca or verify-full. "
                    + "Not set: require, but prefer for MySQL.", optional = true, neverEmpty = true)
            String sslmode,
            @Param(value = "Table to write to.", byDefault = "events")
            String table,
            @Param(value = "Whether extra is written to one column as JSON; otherwise each of its fields needs a column.", byDefault = "true")
            boolean jsondictAsString,
            @Param(value = "The only fields to write; all when not set or empty.", optional = true, fields = FieldNames.LOOKED_AT)
            Set<String> fields,
            @Param(value = "Whether events fail while the database is unreachable, instead of waiting for it.", byDefault = "false")
            boolean failOnErrors,
            @Param(value = "How long to try to connect.", byDefault = "5s")
            Duration connectTimeout,
            @Param(value = "Accepted and without effect: a batch is always one transaction.", byDefault = "true")
            boolean autocommit,
            @Param(value = "Accepted and without effect: how long to wait for a database is error_retry_delay.", byDefault = "0")
            Duration reconnectDelay) {

        public Params {
            if (engine == null) {
                engine = host != null || password != null ? Engine.POSTGRESQL : Engine.H2;
            }
            host = host == null ? "localhost" : host;
            port = port == null ? (Integer) engine.defaultPort() : port;
            sslmode = sslmode == null ? engine.defaultSslmode() : sslmode;
            fields = fields == null || fields.isEmpty() ? null : fields;
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.sql.output", "SQL",
            "Writes events into a database table: PostgreSQL, the embedded H2, MySQL, MariaDB, SQLite or SQL Server.", Params.class, SqlOutput::new).waiting();

    private final BotContext context;
    private final EventDatabase.Target target;
    private final boolean failOnErrors;
    private EventDatabase database;

    SqlOutput(Params params, BotContext context) {
        this.context = context;
        this.failOnErrors = params.failOnErrors();
        String name = params.engine().isFile() ? context.dataDirectory().resolve("sql-output").resolve(params.database()).toAbsolutePath().toString()
                : params.database();
        DatabaseAddress address = new DatabaseAddress(params.engine(), params.host(), params.port(), name, params.user(), params.password(),
                params.sslmode(), params.connectTimeout());
        Set<Field> fields = params.fields() == null ? null : params.fields().stream().map(Field::of).collect(Collectors.toUnmodifiableSet());
        target = new EventDatabase.Target(address, params.table(), params.jsondictAsString(), fields, context.botId());
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        try {
            if (database == null) {
                database = EventDatabase.open(target, context.harmonization(), context.clock(), context.log());
                context.log().info("Connected to " + target.address() + ".");
            }
            database.write(events);
        } catch (UnavailableException e) {
            close();
            if (failOnErrors) {
                throw new IOException(e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
