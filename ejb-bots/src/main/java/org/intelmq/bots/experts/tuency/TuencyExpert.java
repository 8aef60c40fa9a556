package org.intelmq.bots.experts.tuency;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.text.RelativeTime;

/** Interface: https://gitlab.com/intevation/tuency/tuency/-/blob/master/backend/docs/IntelMQ-API.md. */
public final class TuencyExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Address of the tuency instance, with a slash at its end.", example = "https://tuency.example/")
            String url,
            @Param(value = "Token that the instance gave to IntelMQ.", secret = true)
            String authenticationToken,
            @Param(value = "Whether a present contact is replaced.", byDefault = "true")
            boolean overwrite,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.tuency.expert", "Tuency",
            "Asks a tuency instance whom to notify of the event, how often and whether at all.", Params.class, TuencyExpert::new).waiting();

    private static final Field NOTIFY = Field.of("extra.notify");
    private static final Field TTL = Field.of("extra.ttl");

    private final Params params;
    private final Http http;

    TuencyExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        Map<String, Object> query = query(event);
        if (query != null) {
            apply(ask(query), event);
        }
        out.send(event);
    }

    /** {@code null} if the event lacks what has to be asked. */
    private static Map<String, Object> query(Message event) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("classification_taxonomy", event.get(Fields.CLASSIFICATION_TAXONOMY));
        query.put("classification_type", event.get(Fields.CLASSIFICATION_TYPE));
        query.put("feed_provider", event.get(Fields.FEED_PROVIDER));
        query.put("feed_name", event.get(Fields.FEED_NAME));
        query.put("feed_status", "production");
        Object ip = event.get(Fields.SOURCE_IP);
        Object domain = event.get(Fields.SOURCE_FQDN);
        if (query.containsValue(null) || ip == null && domain == null) {
            return null;
        }
        query.put("ip", ip);
        query.put("domain", domain);
        query.values().removeIf(value -> value == null);
        return query;
    }

    private Map<?, ?> ask(Map<String, Object> query) throws IOException, InterruptedException {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = http.request(URI.create(params.url + "intelmq/lookup?" + parameters))
                .setHeader("Authorization", "Bearer " + params.authenticationToken).GET().build();
        HttpResponse<InputStream> reply = http.send(request);
        try (InputStream body = reply.body()) {
            return (Map<?, ?>) Json.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void apply(Map<?, ?> reply, Message event) {
        if (Boolean.TRUE.equals(reply.get("suppress"))) {
            event.add(NOTIFY, false);
        } else if (reply.get("interval") instanceof Map<?, ?> interval) {
            event.add(TTL, seconds(interval));
        } else {
            return;
        }
        List<String> contacts = new ArrayList<>();
        collect(reply.get("ip"), contacts);
        collect(reply.get("domain"), contacts);
        event.add(Fields.SOURCE_ABUSE_CONTACT, String.join(",", contacts), params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP);
    }

    private static long seconds(Map<?, ?> interval) {
        Object unit = interval.get("unit");
        Duration span = unit.equals("immediate") ? Duration.ZERO : RelativeTime.parse(interval.get("length") + " " + unit);
        return span.toSeconds();
    }

    private static void collect(Object answer, List<String> contacts) {
        if (answer instanceof Map<?, ?> found) {
            for (Object destination : (List<?>) found.get("destinations")) {
                for (Object contact : (List<?>) ((Map<?, ?>) destination).get("contacts")) {
                    contacts.add(((Map<?, ?>) contact).get("email").toString());
                }
            }
        }
    }
}
