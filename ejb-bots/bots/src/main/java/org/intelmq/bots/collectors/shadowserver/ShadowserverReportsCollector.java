package org.intelmq.bots.collectors.shadowserver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Download;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.State;
import org.intelmq.bot.Tick;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Json;
import org.intelmq.message.Report;
import org.intelmq.text.net.FormText;

/**
 * Interface: https://github.com/The-Shadowserver-Foundation/api_utils/wiki (reports/list). Lists the reports of today and the two days before,
 * and fetches each once. If one cannot be fetched, the others still are, and it is tried again at the next poll.
 */
public final class ShadowserverReportsCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "API key issued by Shadowserver.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Secret of the key.", secret = true, form = Form.KEY)
            String secret,
            @Param(value = "Reports to fetch, by the name of the subscription at Shadowserver; all if empty.", byDefault = "")
            List<String> reports,
            @Param(value = "Types of reports to fetch; all if empty.", byDefault = "", example = "scan_http, blocklist")
            List<String> types,
            @Param(value = "Deprecated: one more name in reports.", optional = true, neverEmpty = true)
            String country,
            @Param(value = "Polling interval.", byDefault = "86400")
            Duration rateLimit,
            @Defaults({"redis_cache_db: 12", "redis_cache_ttl: 864000"})
            CacheParams cache,
            HttpParams http) {

        public Params {
            if (apiKey != null && apiKey.isBlank() || secret != null && secret.isBlank()) {
                throw new IllegalArgumentException("parameter '" + (apiKey.isBlank() ? "api_key" : "secret")
                        + "' is empty: expected the value issued by Shadowserver");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.shadowserver.collector_reports_api", "Shadowserver Reports API",
            "Fetches the reports that Shadowserver creates for an organisation.", Params.class, ShadowserverReportsCollector::new).remembering();

    private static final URI LIST = URI.create("https://transform.shadowserver.org/api2/reports/list");
    private static final String DOWNLOADS = "https://dl.shadowserver.org/";
    private static final int DAYS_BACK = 2;

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final State state;
    private final List<String> subscriptions;

    ShadowserverReportsCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.state = context.state(params.cache);
        this.subscriptions = new ArrayList<>(params.reports);
        if (params.country != null && !subscriptions.contains(params.country)) {
            context.log().warning("Parameter 'country' is deprecated: its value belongs in 'reports'.");
            subscriptions.add(params.country);
        }
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        int wanted = 0;
        int sent = 0;
        for (Object entry : list()) {
            JsonObject listed = new JsonObject(entry);
            SourceItem item = new SourceItem("Report " + entry, context.log());
            String name = item.get(() -> isWanted(listed) ? listed.requireText("file") : null);
            if (name != null) {
                wanted++;
                sent += collect(item, name, listed, out) ? 1 : 0;
            }
        }
        context.log().info("Downloaded " + sent + " of " + wanted + " available reports.");
    }

    private List<?> list() throws IOException, InterruptedException {
        byte[] question = question().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = http.request(LIST).setHeader("HMAC2", signature(question)).POST(HttpRequest.BodyPublishers.ofByteArray(question)).build();
        Reply reply = http.ask(request).checked();
        if (reply.json() instanceof Map<?, ?> refusal && refusal.get("error") != null) {
            throw new IOException("POST " + LIST + " was refused: " + refusal.get("error"));
        }
        return reply.jsonList();
    }

    /** In the spelling for which its signature is known to be accepted. */
    private String question() {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        return "{ \"apikey\": " + Json.write(params.apiKey) + " ,\"date\": \"" + today.minusDays(DAYS_BACK) + ':' + today + "\" "
                + (subscriptions.isEmpty() ? "" : ",\"reports\": " + Json.writeAscii(subscriptions)) + '}';
    }

    private String signature(byte[] question) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(params.secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(question));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256, which every Java has, is missing", e);
        }
    }

    private boolean isWanted(JsonObject listed) {
        return params.types.isEmpty() || params.types.contains(String.valueOf(listed.get("type")));
    }

    /** Returns whether a report was sent. */
    private boolean collect(SourceItem item, String name, JsonObject listed, Outbox out) throws IOException, InterruptedException {
        if (state.get(name) != null) {
            context.log().fine("File " + name + " was processed already.");
            return false;
        }
        try (Download reply = item.get(() -> http.fetch(request(listed.requireText("id"))))) {
            boolean sent = reply != null && reply.body().size() > 0 && send(item, name, reply, out);
            if (reply != null && (sent || reply.body().size() == 0)) {
                state.put(name, "1", params.cache.redisCacheTtl());
            }
            return sent;
        }
    }

    private HttpRequest request(String id) {
        return http.request(URI.create(DOWNLOADS + FormText.inPath(id))).GET().build();
    }

    private boolean send(SourceItem item, String name, Download reply, Outbox out) throws IOException {
        Report report = context.newReport();
        report.add("extra.file_name", name);
        return item.send(report, reply.text(), out);
    }
}
