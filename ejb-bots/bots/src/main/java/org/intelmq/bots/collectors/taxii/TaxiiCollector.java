package org.intelmq.bots.collectors.taxii;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Pages;
import org.intelmq.bot.Param;
import org.intelmq.bot.PollWindow;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.Tick;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Report;
import org.intelmq.text.net.FormText;
import org.intelmq.text.net.MaskedUrl;

/** Interface: https://docs.oasis-open.org/cti/taxii/v2.1/taxii-v2.1.html, objects of a collection. */
public final class TaxiiCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Address of the collection.", example = "https://taxii.example/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/",
                    form = Form.LINE)
            String collection,
            @Param(value = "User at the server.", optional = true)
            String username,
            @Param(value = "Password of the user.", optional = true, secret = true)
            String password,
            @Param(value = "How far back each poll looks; further if the last one was longer ago.", byDefault = "3600")
            Duration timeDelta,
            @Param(value = "Types of objects to fetch; all if empty.", byDefault = "indicator")
            List<String> objectTypes,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.taxii.collector", "TAXII",
            "Fetches new objects from a collection of a TAXII 2.1 server.", Params.class, TaxiiCollector::new).remembering();

    private static final String MEDIA_TYPE = "application/taxii+json;version=2.1";

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final ServiceAddress collection;
    private final PollWindow window;

    TaxiiCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.username == null ? params.http : params.http.withCredentials(params.username, params.password));
        this.collection = ServiceAddress.of("collection", params.collection);
        this.window = new PollWindow(context.state(CacheParams.ownFile()), "until", params.timeDelta);
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        Instant now = context.clock().instant();
        String title = title();
        String query = query(window.begin(now));
        Pages.read(http, request(collection.at("objects/?" + query)), page -> page.read(envelope -> {
            List<?> objects = envelope.list("objects");
            if (objects != null) {
                for (Object object : objects) {
                    send(object, title, out);
                }
            }
            if (!(envelope.get("more") instanceof Boolean more)) {
                if (envelope.get("more") == null) {
                    return null;
                }
                throw page.unexpected("true or false as 'more'");
            }
            if (more && envelope.text("next") == null) {
                throw page.unexpected("'next', as there is more");
            }
            return more ? "?" + query + '&' + FormText.of("next", envelope.text("next")) : null;
        }));
        window.reached(now);
    }

    private HttpRequest request(URI address) {
        return http.request(address).setHeader("Accept", MEDIA_TYPE).GET().build();
    }

    /** Returns {@code null} if it has none. */
    private String title() throws IOException, InterruptedException {
        JsonObject described = http.ask(request(collection.root())).checked().jsonObject();
        if (Boolean.FALSE.equals(described.get("can_read"))) {
            throw new IOException("collection " + MaskedUrl.in(collection.root()) + " may not be read"
                    + (params.username == null ? " without username and password" : " by user " + params.username));
        }
        return described.get("title") instanceof String title ? title : null;
    }

    private String query(Instant begin) {
        String after = FormText.of("added_after", begin.truncatedTo(ChronoUnit.MILLIS).toString());
        return params.objectTypes.isEmpty() ? after : after + '&' + FormText.of("match[type]", String.join(",", params.objectTypes));
    }

    private void send(Object object, String title, Outbox out) {
        if (object instanceof Map<?, ?>) {
            out.send(report(new JsonObject(object), title));
        } else {
            context.log().severe("In collection " + MaskedUrl.in(collection.root()) + " there is an object that is none, so it is left out: "
                    + JsonObject.shown(object));
        }
    }

    private Report report(JsonObject object, String title) {
        String content = Json.writeAsRead(object.value());
        Report report = context.newReport();
        report.add(Fields.RAW, content);
        report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(params.collection));
        if (title != null) {
            report.offer(Fields.FEED_CODE, title);
        }
        report.identify(identity(object, content));
        return report;
    }

    /** The same if a poll brings an object again. Not all kinds of objects say when they were modified: those are told apart by their content. */
    private String identity(JsonObject object, String content) {
        boolean hasVersion = object.get("id") != null && object.get("modified") != null;
        String version = context.botId() + '\n' + collection.root() + '\n' + (hasVersion ? object.get("id") + "\n" + object.get("modified") : content);
        return UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
