package org.intelmq.bots.collectors.eset;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Form;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.PollWindow;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.Tick;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;

/** Interface: ESET Threat Intelligence, https://help.eset.com/eti_portal/, by TAXII 1.1. */
public final class EsetCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Host of the API.", byDefault = "eti.eset.com", form = Form.LINE)
            String endpoint,
            @Param(value = "Name of the collection; the parser reads it from extra.eset_feed.", example = "ei.urls (json)", form = Form.LINE)
            String collection,
            @Param(value = "User at ESET.", form = Form.LINE)
            String username,
            @Param(value = "Password of the user.", secret = true, form = Form.LINE)
            String password,
            @Param(value = "How far back each poll looks; further if the last one was longer ago.", byDefault = "3600")
            Duration timeDelta,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.eset.collector", "ESET ETI",
            "Fetches a collection of ESET Threat Intelligence.", Params.class, EsetCollector::new).remembering();

    private final Params params;
    private final BotContext context;
    private final URI discovery;
    private final Taxii1Client client;
    private final PollWindow window;

    EsetCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.discovery = ServiceAddress.of("endpoint", "https://" + params.endpoint).at("taxiiservice/discovery");
        this.client = new Taxii1Client(context.http(params.http.withCredentials(params.username, params.password)), discovery);
        this.window = new PollWindow(context.state(CacheParams.ownFile()), "until", params.timeDelta);
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        Instant end = context.clock().instant();
        client.poll(params.collection, window.begin(end), end, content -> {
            Report report = context.newReport();
            report.add(Fields.FEED_URL, discovery.toString());
            report.add("extra.eset_feed", params.collection);
            report.add(Fields.RAW, content);
            out.send(report);
        });
        window.reached(end);
    }
}
