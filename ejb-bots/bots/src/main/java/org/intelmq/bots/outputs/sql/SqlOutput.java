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
import org.intelmq.eventdb.EventDatabase;
import org.intelmq.eventdb.EventTableParams;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

/** One transaction per batch. Connects when there is something to write; while the database is unreachable, the events wait. */
public final class SqlOutput implements BatchBot<Message> {

    public record Params(
            EventTableParams where,
            @Param(value = "Whether extra is written to one column as JSON; otherwise each of its fields needs a column.", byDefault = "true")
            boolean jsondictAsString,
            @Param(value = "The only fields to write; by default, or if empty, all.", optional = true, fields = FieldNames.LOOKED_AT)
            Set<String> fields,
            @Param(value = "Whether events fail while the database is unreachable, instead of waiting for it.", byDefault = "false")
            boolean failOnErrors,
            @Param(value = "Time limit for connecting.", byDefault = "5s")
            Duration connectTimeout,
            @Param(value = "Has no effect: a batch is always one transaction.", byDefault = "true")
            boolean autocommit,
            @Param(value = "Has no effect: error_retry_delay says how long to wait for a database.", byDefault = "0")
            Duration reconnectDelay) {

        public Params {
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
        DatabaseAddress address = params.where().address(context.dataDirectory(), params.connectTimeout());
        Set<Field> fields = params.fields() == null ? null : params.fields().stream().map(Field::of).collect(Collectors.toUnmodifiableSet());
        target = new EventDatabase.Target(address, params.where().table(), params.jsondictAsString(), fields, context.botId());
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
