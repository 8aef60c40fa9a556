package org.intelmq.bots.collectors.alienvaultotx;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.JsonListReports;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Pages;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;
import org.intelmq.text.net.FormText;

/** Interface: https://otx.alienvault.com/api (pulses/subscribed). */
public final class AlienVaultOtxCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "API key issued by OTX.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Whether to fetch only pulses changed within the interval, instead of all.", byDefault = "false")
            boolean modifiedPulsesOnly,
            @Param(value = "How many hours back changed pulses are fetched.", byDefault = "24")
            int interval,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) {

        public Params {
            if (interval < 1) {
                throw new IllegalArgumentException("parameter 'interval' cannot be " + interval + ": expected a number of hours from 1");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.alienvault_otx.collector", "Alien Vault OTX",
            "Fetches the pulses that an account of AlienVault's Open Threat Exchange subscribes to.", Params.class, AlienVaultOtxCollector::new);

    private static final String SUBSCRIBED = "https://otx.alienvault.com/api/v1/pulses/subscribed?";

    private final Params params;
    private final BotContext context;
    private final Http http;

    AlienVaultOtxCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        context.log().info(params.modifiedPulsesOnly ? "Fetching modified pulses." : "Fetching all pulses.");
        JsonListReports reports = new JsonListReports(context::newReport, out);
        HttpRequest first = http.request(URI.create(SUBSCRIBED + query())).setHeader("X-OTX-API-KEY", params.apiKey)
                .setHeader("Content-Type", "application/json").GET().build();
        Pages.read(http, first, page -> page.read(answer -> {
            for (Object pulse : answer.requireList("results")) {
                reports.add(pulse);
            }
            return answer.text("next");
        }));
        reports.finish();
    }

    /** OTX takes a time without a zone as UTC. */
    private String query() {
        if (!params.modifiedPulsesOnly) {
            return "limit=50";
        }
        LocalDateTime since = LocalDateTime.ofInstant(context.clock().instant(), ZoneOffset.UTC).minusHours(params.interval);
        return FormText.of("limit", "9999", "modified_since", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(since));
    }
}
