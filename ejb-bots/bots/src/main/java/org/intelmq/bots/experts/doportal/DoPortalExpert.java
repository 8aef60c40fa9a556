package org.intelmq.bots.experts.doportal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

/** Service: https://github.com/certat/do-portal. */
public final class DoPortalExpert implements Bot<Message> {

    /** What to do with contacts that an event already has. */
    public enum Mode { APPEND, REPLACE }

    public record Params(
            @Param(value = "Whether contacts that are found are added to existing ones or replace them.", byDefault = "append")
            Mode mode,
            @Param(value = "Address of the portal, without a trailing slash.", example = "https://portal.example", form = Form.WEB_ADDRESS)
            String portalUrl,
            @Param(value = "API key issued by the portal.", secret = true, form = Form.KEY)
            String portalApiKey,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.do_portal.expert", "DO Portal",
            "Adds the abuse contacts that a do-portal knows for source.ip.", Params.class, DoPortalExpert::new).waiting();

    private static final int BAD_GATEWAY = 502;

    private final Params params;
    private final Http http;

    DoPortalExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String ip = event.text(Fields.SOURCE_IP);
        if (ip != null) {
            List<String> contacts = new ArrayList<>();
            String present = event.text(Fields.SOURCE_ABUSE_CONTACT);
            if (params.mode == Mode.APPEND && present != null) {
                contacts.add(present);
            }
            contacts.addAll(contacts(ip));
            event.offer(Fields.SOURCE_ABUSE_CONTACT, String.join(",", contacts), IfPresent.REPLACE);
        }
        out.send(event);
    }

    private List<String> contacts(String ip) throws IOException, InterruptedException {
        URI address = URI.create(params.portalUrl + "/api/1.0/ripe/contact?cidr=" + ip);
        HttpRequest request = http.request(address).setHeader("Content-Type", "application/json").setHeader("Accept", "application/json")
                .setHeader("API-Authorization", params.portalApiKey).GET().build();
        Reply reply = ask(request);
        if (reply.status() == 404 && reply.json() instanceof Map<?, ?> error && String.valueOf(error.get("message")).startsWith("('no such cidr'")) {
            return List.of();
        }
        if (reply.checked().json() instanceof Map<?, ?> answer && answer.get("abusecs") instanceof List<?> found) {
            return found.stream().filter(contact -> contact != null).map(Object::toString).toList();
        }
        throw reply.unexpected("a list of abusecs");
    }

    /** The portal is behind a proxy, which answers "bad gateway" where a server would be slow. */
    private Reply ask(HttpRequest request) throws IOException, InterruptedException {
        Reply reply = http.ask(request);
        for (int tries = params.http.httpTimeoutMaxTries(); reply.status() == BAD_GATEWAY && tries > 0; tries--) {
            reply = http.ask(request);
        }
        return reply;
    }
}
