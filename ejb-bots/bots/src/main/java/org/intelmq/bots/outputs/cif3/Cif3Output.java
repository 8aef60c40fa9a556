package org.intelmq.bots.outputs.cif3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.DirectHttpParams;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.text.net.MaskedUrl;

/**
 * A batch is one request. CIF counts an indicator that it already has once more, so one that comes again after a crash is not there twice, but
 * counted twice. Interface: https://github.com/csirtgadgets/bearded-avenger-deploymentkit/wiki.
 */
public final class Cif3Output implements BatchBot<Message> {

    public record Params(
            @Param(value = "Address of the CIF server.", example = "https://cif.example")
            String cif3Url,
            @Param(value = "Token with write access.", secret = true, form = Form.KEY)
            String cif3Token,
            @Param(value = "Confidence from 0 to 10 for events without feed.accuracy.", byDefault = "5")
            double cif3FeedConfidence,
            @Param(value = "Whether to use this confidence even if the event has feed.accuracy.", byDefault = "false")
            boolean cif3StaticConfidence,
            @Param(value = "Tags of all indicators.", byDefault = "")
            List<String> cif3AdditionalTags,
            @Param(value = "Whether feed.provider is a tag too.", byDefault = "false")
            boolean addFeedProviderAsTag,
            @Param(value = "Number of indicators per request; with 0, each gets a request of its own.", byDefault = "500")
            int fireball,
            DirectHttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.cif3.output", "CIFv3 API",
            "Adds indicators to a Collective Intelligence Framework, version 3.", Params.class, Cif3Output::new).waiting();

    private static final Set<Integer> LATER = Set.of(401, 403, 408, 429, 500, 501, 502, 503, 504);

    private final Params params;
    private final BotContext context;
    private final Indicators indicators;
    private final URI target;
    private final Http http;

    Cif3Output(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.indicators = new Indicators(params);
        this.http = context.http(params.http().http());
        target = ServiceAddress.of("cif3_url", params.cif3Url()).at("indicators");
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        post(indicators.of(context.botId(), event));
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        List<Map<String, Object>> all = events.stream().map(event -> indicators.of(context.botId(), event)).toList();
        int together = Math.max(1, params.fireball());
        for (int from = 0; from < all.size(); from += together) {
            post(params.fireball() == 0 ? all.get(from) : all.subList(from, Math.min(all.size(), from + together)));
        }
    }

    private void post(Object content) throws IOException, InterruptedException {
        HttpRequest request = http.request(target).setHeader("Accept", "application/vnd.cif.v3+json")
                .setHeader("Authorization", "Token token=" + params.cif3Token())
                .setHeader("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(Json.write(content))).build();
        Reply reply;
        try {
            reply = http.ask(request);
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        int status = reply.status();
        String text = reply.utf8();
        String refusal = "POST " + MaskedUrl.in(target) + " answered with status " + status + ": "
                + (text.length() <= 300 ? text : text.substring(0, 300) + "…");
        if (LATER.contains(status)) {
            throw new UnavailableException(refusal + (status == 401 || status == 403 ? ". Check cif3_token, and that it has write access." : ""));
        }
        if (status / 100 == 2 && Json.parseOrNull(text) == null) {
            throw new UnavailableException(refusal + ", expected JSON. Check cif3_url, and whether something else answers in its place.");
        }
        boolean isDone = status / 100 == 2 && Json.parseOrNull(text) instanceof Map<?, ?> answer && !"failed".equals(answer.get("status"));
        if (!isDone) {
            throw new IOException(refusal);
        }
    }
}
