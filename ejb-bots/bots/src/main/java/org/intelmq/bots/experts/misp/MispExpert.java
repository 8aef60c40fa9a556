package org.intelmq.bots.experts.misp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Message;

/** Interface: https://www.misp-project.org/openapi/#tag/Attributes (restSearch). */
public final class MispExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Address of the MISP instance, with a trailing slash.", example = "https://misp.example/", form = Form.WEB_ADDRESS)
            String mispUrl,
            @Param(value = "API key of the MISP instance.", secret = true, form = Form.KEY)
            String mispKey,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.misp.expert", "MISP",
            "Looks up source.ip among the attributes of a MISP instance and adds the ids of the attribute and its event.",
            Params.class, MispExpert::new).waiting();

    private final Params params;
    private final Http http;
    private final URI search;

    MispExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
        this.search = search(params.mispUrl);
    }

    private static URI search(String misp) {
        try {
            return URI.create(misp + (misp.endsWith("/") ? "" : "/") + "attributes/restSearch");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'misp_url' cannot be \"" + misp + "\": expected an address such as https://misp.example/", e);
        }
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String ip = event.text(Fields.SOURCE_IP);
        if (ip != null && firstAttribute(ip) instanceof Map<?, ?> attribute) {
            event.offer(Fields.MISP_ATTRIBUTE_UUID, attribute.get("uuid"));
            if (attribute.get("Event") instanceof Map<?, ?> incident) {
                event.offer(Fields.MISP_EVENT_UUID, incident.get("uuid"));
            }
        }
        out.send(event);
    }

    private Object firstAttribute(String ip) throws IOException, InterruptedException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("returnFormat", "json");
        query.put("value", ip);
        query.put("page", 1L);
        query.put("limit", 1L);
        HttpRequest request = http.request(search).setHeader("Authorization", params.mispKey)
                .setHeader("Accept", "application/json").setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(query))).build();
        Object response = http.ask(request).checked().json() instanceof Map<?, ?> answer ? answer.get("response") : null;
        return response instanceof Map<?, ?> found && found.get("Attribute") instanceof List<?> attributes && !attributes.isEmpty() ? attributes.get(0) : null;
    }
}
