package org.intelmq.bots.outputs.mongodb;

import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Message;

/**
 * A batch is one command, which a majority of the servers has to confirm. Documents have an id derived from the event's identity, so that an
 * event that comes again after a crash is not there twice.
 */
public final class MongoDbOutput implements BatchBot<Message> {

    public record Params(
            MongoDbServerParams server,
            @Param(value = "Whether names are split at their dots into documents within documents.", byDefault = "false")
            boolean hierarchicalOutput,
            @Param(value = "Text that replaces the dots in names.", byDefault = "_")
            String replacementChar) {

        public Params {
            if (replacementChar.contains(".")) {
                throw new IllegalArgumentException("parameter 'replacement_char' cannot be \"" + replacementChar + "\": expected a text without dots");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.mongodb.output", "MongoDB",
            "Writes events to a collection of a MongoDB.", Params.class, MongoDbOutput::new).waiting();

    private final Params params;
    private final String name;
    private final String botId;
    private MongoDbDocument format;
    private Store store;

    MongoDbOutput(Params params, BotContext context) {
        this.params = params;
        this.botId = context.botId();
        this.name = "intelmq " + botId;
        MongoDbServerParams server = params.server();
        server.trust();
        if (!server.logsIn() && (server.dbUser() != null || server.dbPass() != null)) {
            context.log().warning("Only one of db_user and db_pass is set, so the bot does not log in at " + server + '.');
        }
    }

    @Override
    public void process(Message event, Outbox out) throws InterruptedException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws InterruptedException {
        if (store == null) {
            format = new MongoDbDocument(params.hierarchicalOutput(), params.replacementChar(), botId);
            store = new Store(params.server(), name);
        }
        boolean identified = events.stream().allMatch(event -> event.id() != null);
        try {
            store.insert(events.stream().map(format::document).toList(), identified);
        } catch (UnavailableException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
