package org.intelmq.bots.outputs.misp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.files.Writable;
import org.intelmq.message.Message;
import org.intelmq.text.time.RelativeTime;

/** A folder that a web server can offer as a MISP feed. An event that comes again after a crash is not in it twice. */
public final class MispFeedOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Folder of the feed.", byDefault = "var/lib/bots/mispfeed-output")
            Path outputDir,
            @Param(value = "Name of the organisation that provides the feed.", form = Form.LINE)
            String mispOrgName,
            @Param(value = "Identity of that organisation.", example = "b89da4c2-0f74-11ea-96a1-6fa873a0eb4d", form = Form.UUID)
            String mispOrgUuid,
            @Param(value = "How long events are added to a MISP event before a new one is begun.", byDefault = "1 hour", example = "1 day",
                    neverEmpty = true)
            String intervalEvent,
            @Param(value = "Beginning of the name of a MISP event; {separator} stands for the value of event_separator.", optional = true,
                    neverEmpty = true)
            String additionalInfo,
            @Param(value = "Field whose values separate the events: each value gets a MISP event of its own.", optional = true, neverEmpty = true,
                    fields = FieldNames.LOOKED_AT)
            String eventSeparator,
            @Param(value = "If set, only these fields become attributes, each with properties of the attribute such as its comment: a text, or the "
                    + "name of a field.",
                    optional = true,
                    example = "source.ip: {comment: event_description.text}", fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> attributeMapping,
            @Param(value = "Tags by the value of event_separator, or under __all__ for all events; each is a list of maps with a name.", optional = true,
                    example = "__all__: [{name: tlp:clear}]")
            Map<String, Object> tagging,
            @Param(value = "Whether attributes are put into the event itself instead of an object each.", byDefault = "false")
            boolean flatEvents,
            @Param(value = "Has no effect: events that arrive together are written together.", optional = true)
            Integer bulkSaveCount) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.misp.output_feed", "MISP Feed",
            "Writes events into a folder that MISP can fetch as a feed.", Params.class, MispFeedOutput::new);

    /** IntelMQ's name for everything without a separator. */
    private static final String DEFAULT = "default";
    private static final Pattern PERIOD = Pattern.compile("IntelMQ event (\\S+) - (\\S+)$");

    private final Params params;
    private final BotContext context;
    private final Duration interval;
    private final FeedMapping mapping;
    private final Map<String, List<Map<String, Object>>> tags = new LinkedHashMap<>();
    private final Map<String, FeedEvent> events = new LinkedHashMap<>();
    private FeedFolder folder;
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;

    MispFeedOutput(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.interval = interval(params.intervalEvent());
        this.mapping = new FeedMapping(params.attributeMapping(), context.harmonization());
        if (params.tagging() != null) {
            params.tagging().forEach((key, named) -> tags.put(key, tags(key, named)));
        }
        String problem = Writable.folder(params.outputDir());
        if (problem != null) {
            throw new ConfigurationException("parameter 'output_dir' cannot be \"" + params.outputDir() + "\": " + problem);
        }
    }

    private static Duration interval(String text) {
        try {
            return RelativeTime.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'interval_event' cannot be \"" + text + "\": expected a time such as 1 hour or 2 days", e);
        }
    }

    private static List<Map<String, Object>> tags(String key, Object named) {
        List<Map<String, Object>> tags = MispServer.maps(named).stream().map(given -> {
            Map<String, Object> tag = new LinkedHashMap<>();
            tag.put("colour", given.getOrDefault("colour", "#ffffff"));
            tag.put("local", given.getOrDefault("local", false));
            tag.put("name", given.get("name"));
            tag.put("relationship_type", given.getOrDefault("relationship_type", ""));
            return tag;
        }).toList();
        if (tags.isEmpty() || tags.stream().anyMatch(tag -> tag.get("name") == null)) {
            throw new ConfigurationException("parameter 'tagging' cannot have \"" + named + "\" for '" + key
                    + "': expected a list such as [{name: tlp:clear}]");
        }
        return tags;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> messages, Outbox out) throws IOException {
        Instant now = context.clock().instant();
        if (folder == null) {
            resume();
        }
        if (now.isAfter(end)) {
            begin = now;
            end = now.plus(interval);
            events.clear();
            folder.tidy();
        }
        Map<String, List<Map<String, Object>>> items = new LinkedHashMap<>();
        Map<String, List<Map<String, Object>>> attributes = new LinkedHashMap<>();
        for (Message message : messages) {
            String separator = params.eventSeparator() == null ? null : message.text(params.eventSeparator());
            String key = separator == null ? DEFAULT : separator;
            List<Map<String, Object>> own = mapping.attributes(context.botId(), message, now);
            List<Map<String, Object>> added = params.flatEvents() ? flat(own) : List.of(object(message, own, now));
            boolean isThere = events.containsKey(key) && added.stream().allMatch(item -> events.get(key).has(item.get("uuid").toString()));
            if (!isThere) {
                items.computeIfAbsent(key, missing -> new ArrayList<>()).addAll(added);
                attributes.computeIfAbsent(key, missing -> new ArrayList<>()).addAll(own);
            }
        }
        for (Map.Entry<String, List<Map<String, Object>>> each : items.entrySet()) {
            FeedEvent event = event(each.getKey(), now);
            event.add(each.getValue(), now);
            folder.publish(event, attributes.get(each.getKey()));
        }
    }

    /** Continues with the events that were being filled, if their time is not over. */
    private void resume() throws IOException {
        FeedFolder opened = new FeedFolder(params.outputDir());
        for (Map.Entry<String, Path> each : opened.current(DEFAULT).entrySet()) {
            try {
                FeedEvent event = FeedEvent.read(each.getValue(), list());
                Matcher period = PERIOD.matcher(event.info());
                if (period.find()) {
                    events.put(each.getKey(), event);
                    begin = LocalDateTime.parse(period.group(1)).toInstant(ZoneOffset.UTC);
                    end = LocalDateTime.parse(period.group(2)).toInstant(ZoneOffset.UTC);
                }
            } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
                context.log().warning(each.getValue() + " cannot be continued, so a new one is started: " + e.getMessage());
            }
        }
        folder = opened;
    }

    private String list() {
        return params.flatEvents() ? "Attribute" : "Object";
    }

    private FeedEvent event(String key, Instant now) throws IOException {
        FeedEvent known = events.get(key);
        if (known != null) {
            return known;
        }
        FeedEvent event = FeedEvent.begin(folder.path(), head(key, now), list());
        events.put(key, event);
        folder.setCurrent(events, params.eventSeparator() == null ? DEFAULT : null);
        return event;
    }

    private Map<String, Object> head(String key, Instant now) {
        List<Map<String, Object>> all = new ArrayList<>(tags.getOrDefault("__all__", List.of()));
        all.addAll(tags.getOrDefault(key, List.of()));
        String info = "IntelMQ event " + LocalDateTime.ofInstant(begin, ZoneOffset.UTC) + " - " + LocalDateTime.ofInstant(end, ZoneOffset.UTC);
        Map<String, Object> organisation = new LinkedHashMap<>();
        organisation.put("name", params.mispOrgName());
        organisation.put("uuid", params.mispOrgUuid());
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("analysis", "2");
        head.put("date", LocalDateTime.ofInstant(now, ZoneOffset.UTC).toLocalDate().toString());
        head.put("extends_uuid", "");
        head.put("info", params.additionalInfo() == null ? info : params.additionalInfo().replace("{separator}", key) + ' ' + info);
        head.put("protected", false);
        head.put("published", true);
        head.put("threat_level_id", "4");
        head.put("uuid", UUID.randomUUID().toString());
        head.put("Orgc", organisation);
        head.put("Tag", all);
        return head;
    }

    private Map<String, Object> object(Message message, List<Map<String, Object>> attributes, Instant now) {
        Map<String, Object> object = ObjectTemplate.object();
        object.put("uuid", FeedMapping.identity(context.botId(), message, ObjectTemplate.NAME));
        object.put("comment", "");
        object.put("timestamp", String.valueOf(now.getEpochSecond()));
        object.put("Attribute", attributes);
        return object;
    }

    /** Outside of an object there is no relation to it; the comment names the field. */
    private static List<Map<String, Object>> flat(List<Map<String, Object>> attributes) {
        return attributes.stream().map(attribute -> {
            Map<String, Object> flat = new LinkedHashMap<>(attribute);
            Object field = flat.remove("object_relation");
            if ("".equals(flat.get("comment"))) {
                flat.put("comment", field);
            }
            return flat;
        }).toList();
    }
}
