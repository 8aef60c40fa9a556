package org.intelmq.bots.collectors.misp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.Tick;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Report;

/**
 * Interface: https://www.misp-project.org/openapi/ (events/restSearch, tags). An event's tags are changed once its report is safe; if that
 * fails, the event comes again, under the same identity.
 */
public final class MispCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Address of the MISP instance.", example = "https://misp.example/")
            String mispUrl,
            @Param(value = "API key of the MISP instance.", secret = true, form = Form.KEY)
            String mispKey,
            @Param(value = "Tag of the events to fetch; it is removed afterwards.", form = Form.LINE)
            String mispTagToProcess,
            @Param(value = "Tag that fetched events get.", optional = true, neverEmpty = true)
            String mispTagProcessed,
            @Param(value = "Deprecated: former name of http_verify_cert.", optional = true, neverEmpty = true)
            String mispVerify,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.misp.collector", "MISP Generic",
            "Fetches events with a certain tag from a MISP instance.", Params.class, MispCollector::new);

    /** The search options that PyMISP sends, which every MISP understands. */
    private static final List<String> SWITCHED_OFF = List.of("withAttachments", "metadata", "enforceWarninglist", "includeEventUuid", "includeEventTags",
            "sgReferenceOnly", "includeContext", "headerless", "includeSightings", "includeDecayScore", "includeCorrelations", "excludeDecayed");

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final ServiceAddress misp;

    MispCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.mispVerify == null ? params.http : params.http.verifying(params.mispVerify));
        this.misp = ServiceAddress.of("misp_url", params.mispUrl);
        if (params.mispVerify != null) {
            context.log().warning("Parameter 'misp_verify' is deprecated: its value belongs in 'http_verify_cert'.");
        }
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        for (Object entry : search()) {
            collect(new JsonObject(entry), out);
        }
    }

    private List<?> search() throws IOException, InterruptedException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("returnFormat", "json");
        query.put("tags", params.mispTagToProcess);
        SWITCHED_OFF.forEach(name -> query.put(name, 0L));
        Reply reply = http.ask(post("events/restSearch", query)).checked();
        return reply.json() instanceof List<?> list ? list : reply.read(answer -> answer.requireList("response"));
    }

    private HttpRequest post(String path, Map<String, Object> body) {
        URI address = misp.at(path);
        return http.request(address).setHeader("Authorization", params.mispKey).setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(Json.write(body))).build();
    }

    private void collect(JsonObject found, Outbox out) throws InterruptedException {
        Report report = new SourceItem("An event", context.log()).get(() -> report(found.requireObject("Event")));
        if (report != null) {
            String uuid = found.object("Event").text("uuid");
            out.send(report);
            out.afterCommit(() -> mark(uuid));
        }
    }

    private Report report(JsonObject event) throws IOException {
        String uuid = event.requireText("uuid");
        String text = Json.writeSortedAsRead(event.value());
        ReportSize.check("event " + uuid, text.length());
        Report report = context.newReport();
        report.add(Fields.RAW, text);
        report.add(Fields.FEED_URL, params.mispUrl);
        report.identify(identity(uuid, event, text));
        return report;
    }

    /** The same if an event comes again because it could not be marked; different once somebody has changed the event. */
    private String identity(String uuid, JsonObject event, String text) {
        String seen = context.botId() + '\n' + misp.root() + '\n' + uuid + '\n' + (event.get("timestamp") == null ? text : event.get("timestamp"));
        return UUID.nameUUIDFromBytes(seen.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void mark(String uuid) {
        try {
            if (params.mispTagProcessed != null) {
                Map<String, Object> tag = tag(uuid, params.mispTagProcessed);
                tag.put("local", false);
                tell("tags/attachTagToObject", tag);
            }
            tell("tags/removeTagFromObject", tag(uuid, params.mispTagToProcess));
        } catch (IOException e) {
            context.log().severe("The tags of event " + uuid + " could not be changed, so it will be fetched again: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> tag(String uuid, String tag) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("uuid", uuid);
        body.put("tag", tag);
        return body;
    }

    /** A MISP may answer with status 200 that it has not done it. */
    private void tell(String path, Map<String, Object> body) throws IOException, InterruptedException {
        Reply reply = http.ask(post(path, body)).checked();
        if (reply.json() instanceof Map<?, ?> answer && (Boolean.FALSE.equals(answer.get("saved")) || answer.get("errors") != null)) {
            throw reply.unexpected("that the tag was changed");
        }
    }
}
