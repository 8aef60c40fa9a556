package org.intelmq.bots.outputs.misp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.DirectHttpParams;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.python.PythonText;

/** Asks MISP first whether it has the event, so that one that comes again after a crash is not there twice. */
public final class MispApiOutput implements Bot<Message> {

    public record Params(
            @Param(value = "Address of the MISP instance.", example = "https://misp.example/")
            String mispUrl,
            @Param(value = "API key of the MISP instance.", secret = true, form = Form.KEY)
            String mispKey,
            @Param(value = "Tag of the events that IntelMQ creates; only among these does the bot look for an existing one.", form = Form.LINE)
            String mispTagForBot,
            @Param(value = "Fields whose values together decide whether an event is in MISP already. They correlate.", example = "source.fqdn, source.ip",
                    fields = FieldNames.LOOKED_AT)
            List<String> significantFields,
            @Param(value = "Other fields that correlate.", byDefault = "", fields = FieldNames.LOOKED_AT)
            Set<String> mispAdditionalCorrelationFields,
            @Param(value = "Fields that are marked for export to detection systems (to_ids).", byDefault = "", fields = FieldNames.LOOKED_AT)
            Set<String> mispToIdsFields,
            @Param(value = "Whether new events are tagged with feed.provider.", byDefault = "true")
            boolean addFeedProviderAsTag,
            @Param(value = "Whether new events are tagged with feed.name.", byDefault = "true")
            boolean addFeedNameAsTag,
            @Param(value = "Other tags for new events.", byDefault = "")
            List<String> mispAdditionalTags,
            @Param(value = "Whether new events are published, so that others may see them.", byDefault = "false")
            boolean mispPublish,
            DirectHttpParams http) {

        public Params {
            if (significantFields.isEmpty()) {
                throw new IllegalArgumentException("parameter 'significant_fields' cannot be empty: expected fields such as source.ip");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.misp.output_api", "MISP API",
            "Adds new events to a MISP instance, and adds a sighting to those that it already has.", Params.class, MispApiOutput::new).waiting();

    private static final String PROVIDER = "feed.provider";
    private static final String FEED = "feed.name";

    private final Params params;
    private final BotContext context;
    private final MispServer misp;

    MispApiOutput(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.misp = new MispServer(params.mispUrl(), params.mispKey(), context.http(params.http().http()));
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        Map<String, Object> fields = MessageJson.toMap(event, false, false, true);
        List<Object> values = params.significantFields().stream().map(fields::get).filter(Objects::nonNull).toList();
        if (values.isEmpty()) {
            context.log().warning("The event has none of the significant_fields " + params.significantFields() + " and is not put into MISP.");
            return;
        }
        List<Map<String, Object>> found = misp.search(values, params.mispTagForBot());
        for (Map<String, Object> known : found) {
            if (isSame(known, fields)) {
                misp.touch(known);
            }
        }
        if (found.isEmpty()) {
            String id = misp.add(event(fields));
            if (params.mispPublish()) {
                misp.publish(id);
            }
        }
    }

    /** Whether provider and significant fields are equal, rather than merely occurring somewhere in the event. */
    private boolean isSame(Map<String, Object> known, Map<String, Object> fields) {
        Map<String, Object> object = MispServer.maps(known.get("Object")).stream()
                .filter(each -> ObjectTemplate.NAME.equals(each.get("name"))).findFirst().orElse(null);
        if (object == null) {
            return false;
        }
        Map<Object, String> attributes = new LinkedHashMap<>();
        MispServer.maps(object.get("Attribute")).forEach(each -> attributes.putIfAbsent(each.get("object_relation"), PythonText.str(each.get("value"))));
        List<String> compared = new ArrayList<>(params.significantFields());
        compared.add(PROVIDER);
        return compared.stream().allMatch(name -> Objects.equals(attributes.get(name), fields.get(name) == null ? null : PythonText.str(fields.get(name))));
    }

    private Map<String, Object> event(Map<String, Object> fields) {
        Map<String, Object> object = ObjectTemplate.object();
        List<Object> attributes = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (ObjectTemplate.has(name)) {
                boolean correlates = params.significantFields().contains(name) || params.mispAdditionalCorrelationFields().contains(name);
                attributes.add(ObjectTemplate.attribute(name, value, correlates, params.mispToIdsFields().contains(name)));
            }
        });
        object.put("Attribute", attributes);
        object.put("distribution", "5");
        object.put("sharing_group_id", "0");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("uuid", UUID.randomUUID().toString());
        event.put("Object", List.of(object));
        event.put("Tag", tags(fields).stream().map(name -> Map.of("name", name)).toList());
        event.put("info", (fields.containsKey(PROVIDER) ? "from " + fields.get(PROVIDER) + " " : "") + "via IntelMQ");
        return event;
    }

    private List<String> tags(Map<String, Object> fields) {
        List<String> tags = new ArrayList<>();
        tags.add(params.mispTagForBot());
        if (params.addFeedProviderAsTag() && fields.containsKey(PROVIDER)) {
            tags.add("IntelMQ:feed.provider=\"" + fields.get(PROVIDER) + '"');
        }
        if (params.addFeedNameAsTag() && fields.containsKey(FEED)) {
            tags.add("IntelMQ:feed.name=\"" + fields.get(FEED) + '"');
        }
        tags.addAll(params.mispAdditionalTags());
        return tags;
    }
}
