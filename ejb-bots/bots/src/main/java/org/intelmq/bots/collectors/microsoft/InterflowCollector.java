package org.intelmq.bots.collectors.microsoft;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.intelmq.bot.AgeLimit;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Download;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.State;
import org.intelmq.bot.Tick;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;
import org.intelmq.text.net.FormText;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.text.time.FuzzyTime;

/**
 * Interface: https://interflow.portal.azure-api.net/. Each file is fetched once. If one cannot be fetched, the others still are, and it is
 * tried again.
 */
public final class InterflowCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "API key issued by Microsoft.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Regular expression that matches the beginning of the names of the files to fetch; all files if empty.", optional = true)
            String fileMatch,
            @Param(value = "Files changed before this date, or longer ago than this span of time, are not fetched; if empty, all are.", byDefault = "2 days",
                    optional = true)
            String notOlderThan,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            @Defaults({"redis_cache_db: 5", "redis_cache_ttl: 604800"})
            CacheParams cache,
            @Defaults("http_timeout_sec: 300")
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.microsoft.collector_interflow", "Microsoft Interflow",
            "Fetches the files that Microsoft shares over Interflow.", Params.class, InterflowCollector::new).remembering();

    private static final URI LIST = URI.create("https://interflow.azure-api.net/file/api/file/listsharedfiles");
    private static final String DOWNLOAD = "https://interflow.azure-api.net/file/api/file/download?fileName=";

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final State state;
    private final UserPattern wanted;
    private final AgeLimit notOlderThan;

    InterflowCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.state = context.state(params.cache);
        this.wanted = pattern(params.fileMatch);
        this.notOlderThan = AgeLimit.of("not_older_than", params.notOlderThan, context.clock());
        checkMemory();
    }

    private static UserPattern pattern(String regex) {
        try {
            return regex == null || regex.isEmpty() ? null : UserPattern.of(regex);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'file_match' cannot be \"" + regex + "\": expected a regular expression; " + e.getMessage(), e);
        }
    }

    /** A file that is forgotten while it is still offered would be fetched again and again. */
    private void checkMemory() {
        Duration kept = params.cache.redisCacheTtl();
        if (notOlderThan == null || kept.isZero()) {
            return;
        }
        ZonedDateTime forgotten = context.clock().instant().minus(kept).atZone(ZoneOffset.UTC);
        boolean isWantedThen = notOlderThan.isSpan() ? kept.compareTo(notOlderThan.span()) < 0 : !notOlderThan.isTooOld(forgotten, context.clock());
        if (isWantedThen) {
            throw new ConfigurationException("parameter 'not_older_than' cannot be \"" + params.notOlderThan
                    + "\": expected less than redis_cache_ttl, which is "
                    + kept.toSeconds() + " s: otherwise, files would be forgotten and fetched again while they are still wanted");
        }
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        checkMemory();
        for (Object entry : http.ask(request(LIST)).checked().jsonList()) {
            collect(new JsonObject(entry), out);
        }
    }

    private HttpRequest request(URI address) {
        return http.request(address).setHeader("Ocp-Apim-Subscription-Key", params.apiKey).GET().build();
    }

    private void collect(JsonObject file, Outbox out) throws IOException, InterruptedException {
        SourceItem item = new SourceItem("File " + file.value(), context.log());
        String name = item.get(() -> isWanted(file) ? file.requireText("Name") : null);
        if (name == null || state.get(name) != null) {
            return;
        }
        URI address = URI.create(DOWNLOAD + FormText.inPath(name));
        try (Download reply = item.get(() -> http.fetch(request(address)))) {
            ReportData content = reply == null ? null : item.get(() -> name.endsWith(".gz") ? Gunzipped.whole(reply.body()) : reply.text());
            if (content == null) {
                return;
            }
            Report report = context.newReport();
            report.add(Fields.FEED_URL, address.toString());
            if (content.size() == 0 || item.send(report, content, out)) {
                state.put(name, "1", params.cache.redisCacheTtl());
            }
        }
    }

    private boolean isWanted(JsonObject file) {
        return (wanted == null || wanted.matchAtStart(file.requireText("Name")) != null) && !isTooOld(file.requireText("LastModified"));
    }

    private boolean isTooOld(String changed) {
        Clock clock = context.clock();
        return notOlderThan != null && notOlderThan.isTooOld(FuzzyTime.parse(changed, LocalDate.now(clock)).atZone(ZoneOffset.UTC), clock);
    }
}
