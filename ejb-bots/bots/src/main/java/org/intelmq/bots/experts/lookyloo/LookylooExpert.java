package org.intelmq.bots.experts.lookyloo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Message;

/** Service: https://www.lookyloo.eu, through its {@code /submit}. */
public final class LookylooExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Address of the Lookyloo instance.", byDefault = "http://localhost:5100/")
            String instanceUrl,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.lookyloo.expert", "Lookyloo",
            "Has a Lookyloo instance take a screenshot of source.url, and writes its address into screenshot_url.",
            Params.class, LookylooExpert::new).waiting();

    private final Params params;
    private final Http http;
    private final String root;

    LookylooExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
        this.root = params.instanceUrl.endsWith("/") ? params.instanceUrl : params.instanceUrl + '/';
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String url = event.text(Fields.SOURCE_URL);
        if (url != null) {
            event.add(Fields.SCREENSHOT_URL, root + "tree/" + submit(url));
        }
        out.send(event);
    }

    /** The id of the capture, which is known before it is made. */
    private String submit(String url) throws IOException, InterruptedException {
        Map<String, Object> capture = new LinkedHashMap<>();
        capture.put("url", url);
        capture.put("user_agent", params.http.httpUserAgent());
        URI address = URI.create(root + "submit");
        HttpRequest request = http.request(address).setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(capture))).build();
        Reply reply = http.ask(request).checked();
        if (reply.json() instanceof String name) {
            return name;
        }
        throw reply.unexpected("the name of a capture");
    }
}
