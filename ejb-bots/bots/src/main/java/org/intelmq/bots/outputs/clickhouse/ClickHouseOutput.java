package org.intelmq.bots.outputs.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.DirectHttpParams;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;
import org.intelmq.message.Message;

/**
 * A batch is one insert, with a token by which ClickHouse recognises it. While it is unknown whether an insert succeeded, the same one is sent
 * again, and nothing else.
 */
public final class ClickHouseOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Address of ClickHouse's HTTP interface.", byDefault = "http://localhost:8123")
            URI url,
            @Param(value = "Database with the table.", byDefault = "default", form = Form.LINE)
            String database,
            @Param(value = "Table to write to. It needs a deduplication window: use a Replicated engine, or set non_replicated_deduplication_window.",
                    byDefault = "events", form = Form.LINE)
            String table,
            @Param(value = "User at ClickHouse.", byDefault = "default", form = Form.LINE)
            String user,
            @Param(value = "Password of the user.", optional = true, secret = true, neverEmpty = true)
            String password,
            @Param(value = "Text that replaces the dots of field names in column names.", byDefault = "_")
            String replacementChar,
            @Param(value = "Whether fields without a column are left out; otherwise such an event fails.", byDefault = "false")
            boolean skipUnknownFields,
            @Param(value = "Column of type UUID or String for the event's identity, which stays the same if the event comes again; for a "
                    + "ReplacingMergeTree, for example.",
                    optional = true, neverEmpty = true, example = "id", form = Form.LINE)
            String idColumn,
            DirectHttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.clickhouse.output", "ClickHouse",
            "Writes events into a table of ClickHouse, a batch at a time.", Params.class, ClickHouseOutput::new).waiting();

    private final Params params;
    private final BotContext context;
    private final ClickHouse clickHouse;
    /** An insert whose outcome is unknown; {@code null} if there is none. */
    private Insert doubtful;
    /** Events of an insert that was in doubt and did succeed, which the host may hand over again one by one. */
    private final Set<String> written = new HashSet<>();

    /** @param ids of the events in it */
    private record Insert(byte[] rows, String token, Set<String> ids) { }

    ClickHouseOutput(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.clickHouse = new ClickHouse(params, context);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        settle();
        if (!written.remove(event.id())) {
            send(insert(List.of(event)));
        }
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        settle();
        List<Message> left = new ArrayList<>(events);
        left.removeIf(event -> written.contains(event.id()));
        written.clear();
        if (!left.isEmpty()) {
            send(insert(left));
        }
    }

    /** Sends what is in doubt again, so that no part of it is sent in another insert, which ClickHouse would not recognise. */
    private void settle() throws InterruptedException {
        if (doubtful == null) {
            return;
        }
        Insert again = doubtful;
        written.clear();
        try {
            send(again);
            written.addAll(again.ids());
        } catch (IOException e) {
            context.log().fine("What was in doubt is refused, so that its events are tried one by one: " + e.getMessage());
        }
    }

    private void send(Insert insert) throws IOException, InterruptedException {
        doubtful = insert;
        try {
            clickHouse.insert(insert.rows(), insert.token());
        } catch (UnavailableException e) {
            if (e instanceof ClickHouse.NothingWritten) {
                doubtful = null;
            }
            throw e;
        } catch (IOException e) {
            doubtful = null;
            throw e;
        }
        doubtful = null;
    }

    private Insert insert(List<Message> events) {
        StringBuilder rows = new StringBuilder();
        StringBuilder identities = new StringBuilder(context.botId());
        Set<String> ids = new HashSet<>();
        boolean isKnown = true;
        for (Message event : events) {
            rows.append(Json.write(row(event))).append('\n');
            identities.append('\n').append(event.id());
            isKnown &= event.id() != null;
            ids.add(event.id());
        }
        return new Insert(rows.toString().getBytes(StandardCharsets.UTF_8), isKnown ? identity(identities.toString()) : null, ids);
    }

    private static String identity(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Fields below {@code extra} go into the column {@code extra}, as one object. */
    private Map<String, Object> row(Message event) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> extra = new LinkedHashMap<>();
        event.forEach((field, value) -> {
            if (field.root().equals("extra") && field.name().length() > field.root().length()) {
                extra.put(field.name().substring("extra.".length()), value);
            } else {
                row.put(field.name().replace(".", params.replacementChar()), value);
            }
        });
        if (!extra.isEmpty()) {
            row.put("extra", extra);
        }
        if (params.idColumn() != null && event.id() != null) {
            row.put(params.idColumn(), identity(context.botId() + '\n' + event.id()));
        }
        return row;
    }
}
