package org.intelmq.bots.outputs.misp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** How an event becomes attributes: all its fields, or those that the operator names, with the operator's settings for them. */
final class FeedMapping {

    private static final Set<String> SAYABLE = Set.of("comment", "category", "first_seen", "last_seen", "to_ids", "disable_correlation", "deleted", "type",
            "value");

    private final Map<String, Map<?, ?>> mapping = new LinkedHashMap<>();
    private final Harmonization harmonization;

    FeedMapping(Map<String, Object> configured, Harmonization harmonization) {
        this.harmonization = harmonization;
        if (configured != null) {
            configured.forEach((field, said) -> mapping.put(field, checked(field, said)));
        }
    }

    private static Map<?, ?> checked(String field, Object said) {
        if (!ObjectTemplate.has(field)) {
            throw new ConfigurationException("parameter 'attribute_mapping' cannot have '" + field + "': MISP's object " + ObjectTemplate.NAME
                    + " has no such attribute");
        }
        if (said != null && !(said instanceof Map<?, ?> map && SAYABLE.containsAll(map.keySet()))) {
            throw new ConfigurationException("parameter 'attribute_mapping' cannot have \"" + said + "\" for '" + field + "': expected a map of " + SAYABLE);
        }
        return said == null ? Map.of() : (Map<?, ?>) said;
    }

    /** The same identities whenever the same event comes. */
    static String identity(String botId, Message event, String part) {
        return event.id() == null ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes((botId + '\n' + event.id() + '\n' + part).getBytes(StandardCharsets.UTF_8)).toString();
    }

    List<Map<String, Object>> attributes(String botId, Message event, Instant now) {
        List<Map<String, Object>> attributes = new ArrayList<>();
        if (mapping.isEmpty()) {
            MessageJson.toMap(event, false, false, true).forEach((field, value) -> {
                if (ObjectTemplate.has(field)) {
                    attributes.add(attribute(botId, event, field, value, now));
                }
            });
        } else {
            mapping.forEach((field, said) -> {
                Object value = event.get(field);
                if (value != null) {
                    Map<String, Object> attribute = attribute(botId, event, field, value, now);
                    said.forEach((name, configured) -> say(event, attribute, name.toString(), configured));
                    attributes.add(attribute);
                }
            });
        }
        return attributes;
    }

    private void say(Message event, Map<String, Object> attribute, String name, Object configured) {
        boolean isField = configured instanceof String text && (harmonization.eventType(Field.of(text)) != null
                || harmonization.eventType(Field.of(text.split("\\.", 2)[0])) != null);
        Object value = isField ? event.get((String) configured) : configured;
        if (value != null) {
            attribute.put(name, value);
        }
    }

    private static Map<String, Object> attribute(String botId, Message event, String field, Object value, Instant now) {
        Map<String, Object> attribute = ObjectTemplate.attribute(field, value, ObjectTemplate.correlates(field), ObjectTemplate.isIndicator(field));
        attribute.put("uuid", identity(botId, event, field));
        attribute.put("comment", "");
        attribute.put("timestamp", String.valueOf(now.getEpochSecond()));
        return attribute;
    }
}
