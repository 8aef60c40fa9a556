package org.intelmq.bots.experts.genericdblookup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.DatabaseProduct;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;

public final class GenericDbLookupExpert implements BatchBot<Message> {

    public record Params(
            @Param("Kind of database; mssql has been tested with H2 in its place, but not with a real SQL Server.")
            DatabaseProduct engine,
            @Param(value = "Server of the database.", byDefault = "localhost")
            String host,
            @Param(value = "Port of the server; by default 5432 for PostgreSQL, 3306 for MySQL, 1433 for SQL Server.", optional = true)
            Integer port,
            @Param(value = "Name of the database; for H2 and SQLite its file, in the data directory if not absolute.", byDefault = "intelmq",
                    form = Form.LINE)
            String database,
            @Param(value = "User at the database.", byDefault = "intelmq")
            String user,
            @Param(value = "Password of the user.", optional = true, secret = true)
            String password,
            @Param(value = "How the connection is encrypted and the server checked: disable, allow, prefer, require, verify-ca or verify-full. If "
                    + "not set: prefer for MySQL, else require.", optional = true, neverEmpty = true)
            String sslmode,
            @Param(value = "Table to look in.", byDefault = "contacts", form = Form.LINE)
            String table,
            @Param(value = "Map of fields to the columns that must be equal to them.", byDefault = "source.asn: asn",
                    fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> matchFields,
            @Param(value = "Map of columns to the fields they are written to.", byDefault = "contact: source.abuse_contact, note: comment",
                    fields = FieldNames.VALUES_FILLED)
            Map<String, Object> replaceFields,
            @Param(value = "Whether to look an event up even if it already has all fields. Values found always replace existing ones.",
                    byDefault = "false")
            boolean overwrite,
            @Param(value = "Time limit for connecting.", byDefault = "5s")
            Duration connectTimeout) {

        public Params {
            if (engine != null) {
                port = port == null ? (Integer) engine.defaultPort() : port;
                sslmode = engine.sslmode(sslmode);
                engine.checkHost(host);
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.generic_db_lookup.expert", "Generic DB Lookup",
            "Fills fields from the row of a database table that matches the event; many events share a query.",
            Params.class, GenericDbLookupExpert::new).connecting();

    /** The greatest number of events that share a query. */
    private static final int MOST = 100;

    private final DatabaseAddress address;
    private final String owner;
    private final String table;
    private final String select;
    private final List<Field> match;
    private final List<Field> replace;
    private final boolean overwrite;
    private final Harmonization harmonization;
    private Connection connection;

    GenericDbLookupExpert(Params params, BotContext context) {
        String name = params.engine.isFile() ? context.dataDirectory().resolve(params.database).toAbsolutePath().toString() : params.database;
        address = new DatabaseAddress(params.engine, params.host, params.port, name, params.user, params.password, params.sslmode,
                params.connectTimeout);
        owner = context.botId();
        harmonization = context.harmonization();
        match = params.matchFields.keySet().stream().map(Field::of).toList();
        replace = params.replaceFields.values().stream().map(field -> Field.of(field.toString())).toList();
        overwrite = params.overwrite;
        table = params.table;
        // SQLite takes the name of a missing column as a text, unless the table's name precedes it
        select = params.replaceFields.keySet().stream().map(column -> "looked_in." + quoted(column)).collect(Collectors.joining(", "))
                + " FROM " + quoted(params.table) + " looked_in WHERE "
                + params.matchFields.values().stream().map(column -> "looked_in." + quoted(column.toString()) + " = ?").collect(Collectors.joining(" AND "));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void process(Message event, Outbox out) throws SQLException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws SQLException {
        LinkedHashSet<List<Object>> wanted = new LinkedHashSet<>();
        events.stream().filter(this::isWanted).forEach(event -> wanted.add(key(event)));
        Map<List<Object>, Object[]> rows = new HashMap<>();
        List<List<Object>> keys = new ArrayList<>(wanted);
        for (int from = 0; from < keys.size(); from += MOST) {
            lookUp(keys.subList(from, Math.min(keys.size(), from + MOST)), rows);
        }
        for (Message event : events) {
            Object[] row = isWanted(event) ? rows.get(key(event)) : null;
            for (int i = 0; row != null && i < row.length; i++) {
                put(event, replace.get(i), row[i]);
            }
            out.send(event);
        }
    }

    private void put(Message event, Field field, Object value) {
        String type = harmonization.eventType(field);
        boolean isBelowObject = type == null;
        Object fitting = value instanceof byte[] bytes && !"Base64".equals(type) ? ColumnValue.text(bytes)
                : isBelowObject || "JSONDict".equals(type) ? value : ColumnValue.flat(value);
        event.put(field, fitting);
    }

    private boolean isWanted(Message event) {
        return match.stream().allMatch(event::has) && (overwrite || !replace.stream().allMatch(event::has));
    }

    private List<Object> key(Message event) {
        return match.stream().map(event::get).toList();
    }

    /** One query for all keys: each key has a numbered part of it, in which the database compares as it would for this key alone. */
    private void lookUp(List<List<Object>> keys, Map<List<Object>, Object[]> rows) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            parts.add("SELECT " + i + ", " + select);
        }
        try (PreparedStatement statement = connection().prepareStatement(String.join(" UNION ALL ", parts))) {
            int parameter = 1;
            for (List<Object> key : keys) {
                for (Object value : key) {
                    statement.setObject(parameter++, value);
                }
            }
            read(statement, keys, rows);
        } catch (SQLException e) {
            if (isLost()) {
                close();
                throw new UnavailableException(address + " is unreachable: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void read(PreparedStatement statement, List<List<Object>> keys, Map<List<Object>, Object[]> rows) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Object[] row = new Object[replace.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = ColumnValue.read(result, i + 2);
                }
                List<Object> key = keys.get(result.getInt(1));
                if (rows.put(key, row) != null) {
                    throw new IllegalStateException("more than one row of table " + table + " fits " + match + " = " + key + ", expected one");
                }
            }
        }
    }

    private Connection connection() {
        if (connection == null) {
            try {
                connection = address.connect("intelmq " + owner);
            } catch (SQLException e) {
                throw new UnavailableException(address + " cannot be reached: " + e.getMessage(), e);
            }
        }
        return connection;
    }

    private boolean isLost() {
        try {
            return connection == null || !connection.isValid(1);
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is given up either way
        } finally {
            connection = null;
        }
    }
}
