package org.intelmq.bots.outputs.elasticsearch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Message;
import org.intelmq.text.ControlCharacters;

/**
 * A batch is one request to {@code _bulk}. Documents that its answer refuses fail; the others stay written. Documents have an id derived from
 * the event's identity, and are only ever created, so an event that comes again after a crash is not there twice. Interface:
 * https://www.elastic.co/guide/en/elasticsearch/reference/7.17/docs-bulk.html, the same in OpenSearch.
 */
public final class ElasticsearchOutput implements BatchBot<Message> {

    public record Params(
            ElasticsearchServerParams server,
            @Param(value = "Index to write to; with rotate_index, the beginning of its name.", byDefault = "intelmq")
            String elasticIndex,
            @Param(value = "How often a new index is begun, by the time of the event. The server needs a template with the name of elastic_index then.",
                    byDefault = "never")
            Rotation rotateIndex,
            @Param(value = "Fields that hold a JSON object, such as output: each of its entries becomes a field, such as output_key. Everything "
                    + "below extra is a field already.", byDefault = "extra")
            List<String> flattenFields,
            @Param(value = "Text that replaces the dots in names of fields, which Elasticsearch 2 needs.", optional = true, example = "_")
            String replacementChar) {

        private static final String NOT_IN_NAMES = "\\/*?\"<>| ,#:";

        /** Any other name that Elasticsearch refuses for an index may be that of an alias. */
        public Params {
            boolean isDateMath = elasticIndex.startsWith("<") && elasticIndex.endsWith(">") && elasticIndex.contains("{");
            boolean isName = !elasticIndex.isBlank() && !elasticIndex.equals(".") && !elasticIndex.equals("..") && "-_+".indexOf(elasticIndex.charAt(0)) < 0
                    && elasticIndex.chars().noneMatch(c -> Character.isISOControl(c) || NOT_IN_NAMES.indexOf(c) >= 0);
            if (!isDateMath && !isName) {
                throw new IllegalArgumentException("parameter 'elastic_index' cannot be \"" + ControlCharacters.spelledOut(elasticIndex)
                        + "\": expected a name that begins with none of - _ + and has no blanks and none of \\ / * ? \" < > | , # :");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.elasticsearch.output", "Elasticsearch",
            "Writes events to an index of Elasticsearch or OpenSearch.", Params.class, ElasticsearchOutput::new).waiting();

    private final Rotation rotation;
    private final String index;
    private final ElasticsearchDocument format;
    private final BotContext context;
    private final Server server;
    /** The outcome of the last batch that was not taken as a whole, by document: {@code null} for written, otherwise why not. */
    private final Map<String, String> fates = new HashMap<>();
    private boolean isPrepared;

    ElasticsearchOutput(Params params, BotContext context) {
        this.context = context;
        rotation = params.rotateIndex();
        index = params.elasticIndex();
        format = new ElasticsearchDocument(params.flattenFields(), params.replacementChar());
        server = new Server(params.server(), context);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String id = Document.id(context.botId(), event);
        if (id != null && fates.containsKey(id)) {
            String refusal = fates.remove(id);
            if (refusal != null) {
                throw new IOException(refusal);
            }
            return;
        }
        prepare();
        server.create(document(event, id));
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        fates.clear();
        prepare();
        List<Document> documents = new ArrayList<>(events.size());
        for (Message event : events) {
            documents.add(document(event, Document.id(context.botId(), event)));
        }
        for (List<Document> part : BulkRequest.parts(documents)) {
            server.createAll(part, fates);
        }
        List<String> refusals = fates.values().stream().filter(Objects::nonNull).toList();
        if (!refusals.isEmpty()) {
            throw new IOException(refusals.size() + " of " + documents.size() + " events were refused, such as: " + refusals.get(0));
        }
        fates.clear();
    }

    private Document document(Message event, String id) {
        return new Document(rotation.index(index, event, context.clock()), id, format.json(event));
    }

    private void prepare() throws IOException, InterruptedException {
        if (!isPrepared) {
            if (rotation == Rotation.NEVER) {
                server.ensureIndex(index);
            } else {
                server.requireTemplate(index);
            }
            isPrepared = true;
        }
    }
}
