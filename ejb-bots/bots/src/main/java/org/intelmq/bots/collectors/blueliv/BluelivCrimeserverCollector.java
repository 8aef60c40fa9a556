package org.intelmq.bots.collectors.blueliv;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.JsonListReports;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.Tick;

/** Interface: the Blueliv API, version 1 (crimeserver/online), as used by https://github.com/Blueliv/api-python-sdk. */
public final class BluelivCrimeserverCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "API key issued by Blueliv.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Address of the API.", byDefault = "https://freeapi.blueliv.com")
            String apiUrl,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.blueliv.collector_crimeserver", "Blueliv Crimeserver",
            "Fetches the list of crime servers that Blueliv knows to be online.", Params.class, BluelivCrimeserverCollector::new);

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final URI online;

    BluelivCrimeserverCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.online = ServiceAddress.of("api_url", params.apiUrl).at("v1/crimeserver/online");
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        HttpRequest request = http.request(online).setHeader("Authorization", "bearer " + params.apiKey).GET().build();
        JsonListReports reports = new JsonListReports(context::newReport, out);
        for (Object server : http.ask(request).checked().read(answer -> answer.requireList("crimeServers"))) {
            reports.add(server);
        }
        reports.finish();
    }
}
