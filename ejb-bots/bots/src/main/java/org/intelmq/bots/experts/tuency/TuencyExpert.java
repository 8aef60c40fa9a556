package org.intelmq.bots.experts.tuency;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.MailAddress;
import org.intelmq.text.time.RelativeTime;

/** Interface: https://gitlab.com/intevation/tuency/tuency/-/blob/master/backend/docs/IntelMQ-API.md. */
public final class TuencyExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Address of the Tuency instance, with a trailing slash.", example = "https://tuency.example/", form = Form.WEB_ADDRESS)
            String url,
            @Param(value = "Token issued by the instance for IntelMQ.", secret = true, form = Form.KEY)
            String authenticationToken,
            @Param(value = "Whether existing values are replaced.", byDefault = "true")
            boolean overwrite,
            @Param(value = "Field that is set to false if nobody is to be notified.", byDefault = "extra.notify",
                    fields = FieldNames.FILLED)
            String notifyField,
            @Param(value = "Field with the seconds between two notifications.", byDefault = "extra.ttl", fields = FieldNames.FILLED)
            String ttlField,
            @Param(value = "Field with the tenants of the instance that the event concerns, separated by commas; empty for none.",
                    byDefault = "extra.constituency", fields = FieldNames.FILLED)
            String constituencyField,
            @Param(value = "Whether source.ip is looked up.", byDefault = "true")
            boolean queryIp,
            @Param(value = "Whether source.fqdn is looked up.", byDefault = "true")
            boolean queryDomain,
            @Param(value = "Value of ttl_field if nobody is to be notified.", optional = true, example = "-1", mayBeNegative = true)
            Integer ttlOnSuspended,
            @Param(value = "Whether classification.identifier is sent too; tuency knows it since 2.6.", byDefault = "false")
            boolean queryClassificationIdentifier,
            @Param(value = "Whether feed.code is sent in place of feed.name; tuency knows it since 2.6.", byDefault = "false")
            boolean queryFeedCode,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.tuency.expert", "Tuency",
            "Asks a Tuency instance whether to notify anybody of the event, whom, and how often.", Params.class, TuencyExpert::new).waiting();

    private final Params params;
    private final Http http;
    private final IfPresent ifPresent;
    private final Field notify;
    private final Field ttl;
    private final Field constituency;

    TuencyExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
        this.ifPresent = params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
        this.notify = Field.of(params.notifyField);
        this.ttl = Field.of(params.ttlField);
        this.constituency = Field.of(params.constituencyField);
        if (!params.queryIp && !params.queryDomain) {
            context.log().warning("query_ip and query_domain are both off, so there is nothing to ask Tuency for: switch one of them on");
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        Map<String, Object> query = query(event);
        if (query != null) {
            apply(ask(query), event);
        }
        out.send(event);
    }

    /** Returns {@code null} if the event lacks what has to be asked. */
    private Map<String, Object> query(Message event) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("classification_taxonomy", event.get(Fields.CLASSIFICATION_TAXONOMY));
        query.put("classification_type", event.get(Fields.CLASSIFICATION_TYPE));
        query.put("feed_provider", event.get(Fields.FEED_PROVIDER));
        if (params.queryFeedCode) {
            query.put("feed_code", event.get(Fields.FEED_CODE));
        } else {
            query.put("feed_name", event.get(Fields.FEED_NAME));
        }
        query.put("feed_status", "production");
        if (params.queryClassificationIdentifier) {
            query.put("classification_identifier", event.get(Fields.CLASSIFICATION_IDENTIFIER));
        }
        Object ip = params.queryIp ? event.get(Fields.SOURCE_IP) : null;
        Object domain = params.queryDomain ? event.get(Fields.SOURCE_FQDN) : null;
        if (query.containsValue(null) || ip == null && domain == null) {
            return null;
        }
        query.put("ip", ip);
        query.put("domain", domain);
        query.values().removeIf(Objects::isNull);
        return query;
    }

    private Map<?, ?> ask(Map<String, Object> query) throws IOException, InterruptedException {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI address = URI.create(params.url + "intelmq/lookup?" + parameters);
        HttpRequest.Builder request = http.request(address).GET();
        if (!params.authenticationToken.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + params.authenticationToken);
        }
        return http.ask(request.build()).checked().jsonObject().map();
    }

    private void apply(Map<?, ?> reply, Message event) {
        List<String> contacts = new ArrayList<>();
        boolean ofAddress = collect(reply.get("ip"), contacts);
        boolean anybody = collect(reply.get("domain"), contacts) || ofAddress;
        if (Boolean.TRUE.equals(reply.get("suppress"))) {
            event.offer(notify, false, ifPresent);
            if (params.ttlOnSuspended != null) {
                event.offer(ttl, params.ttlOnSuspended.longValue(), ifPresent);
            }
        } else if (!anybody) {
            return;
        } else if (reply.get("interval") instanceof Map<?, ?> interval) {
            event.offer(ttl, seconds(interval), ifPresent);
        }
        event.add(Fields.SOURCE_ABUSE_CONTACT, String.join(",", contacts), ifPresent);
        if (reply.get("constituencies") instanceof List<?> tenants && !params.constituencyField.isEmpty()) {
            event.offer(constituency, tenants.stream().map(String::valueOf).collect(Collectors.joining(",")), ifPresent);
        }
    }

    /** Returns {@code null} for an interval in another form. */
    private static Long seconds(Map<?, ?> interval) {
        try {
            return "immediate".equals(interval.get("unit")) ? 0L : RelativeTime.parse(interval.get("length") + " " + interval.get("unit")).toSeconds();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Adds the mail addresses of an answer; returns false if it names no destination. */
    private static boolean collect(Object answer, List<String> contacts) {
        List<?> destinations = list(answer, "destinations");
        for (Object destination : destinations) {
            list(destination, "contacts").stream().map(contact -> contact instanceof Map<?, ?> map ? MailAddress.of(map.get("email")) : null)
                    .filter(Objects::nonNull).forEach(contacts::add);
        }
        return !destinations.isEmpty();
    }

    private static List<?> list(Object object, String name) {
        return object instanceof Map<?, ?> map && map.get(name) instanceof List<?> list ? list : List.of();
    }
}
