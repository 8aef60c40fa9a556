package org.intelmq.bots.collectors.fireeye;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
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
import org.intelmq.message.Report;
import org.intelmq.text.net.FormText;
import org.intelmq.text.xml.XmlElement;

/** Interface: FireEye Web Services API 2.0.0. If an alert's indicators cannot be fetched, the other alerts are still collected. */
public final class FireeyeCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Host of the appliance, optionally with a port.", example = "mas.example")
            String host,
            @Param(value = "How far back alerts are fetched, in the appliance's own notation.", example = "24_hours", form = Form.LINE)
            String requestDuration,
            HttpParams http) {

        public Params {
            if (host != null && !host.matches("[^/\\s?#@]+")) {
                throw new IllegalArgumentException("parameter 'host' cannot be \"" + host + "\": expected a host such as mas.example");
            }
            if (http.httpUsername() == null || http.httpPassword() == null) {
                throw new IllegalArgumentException("parameter '" + (http.httpUsername() == null ? "http_username" : "http_password")
                        + "' is not set: expected the login for the appliance");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.fireeye.collector_mas", "FireEye",
            "Fetches the indicators of malware for which a FireEye appliance has raised alerts.", Params.class, FireeyeCollector::new);

    private static final String TOKEN = "X-FeApi-Token";
    private static final Set<String> PRODUCTS = Set.of("EMAIL_MPS", "MAS");

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final ServiceAddress appliance;

    FireeyeCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.appliance = ServiceAddress.of("host", "https://" + params.host + "/wsapis/v2.0.0");
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        String token = login();
        HttpRequest alerts = request("alerts?duration=" + FormText.encoded(params.requestDuration), token).setHeader("Accept", "application/json").build();
        for (Object entry : http.ask(alerts).checked().read(answer -> answer.requireList("alert"))) {
            String alert = new SourceItem("An alert", context.log()).get(() -> wanted(new JsonObject(entry)));
            if (alert != null) {
                collect(alert, token, out);
            }
        }
    }

    /** The alert's name at the appliance; {@code null} if it is not about malware. */
    private static String wanted(JsonObject alert) {
        boolean isMalware = PRODUCTS.contains(String.valueOf(alert.get("product"))) && "MALWARE_OBJECT".equals(alert.get("name"));
        return isMalware ? alert.requireText("uuid") : null;
    }

    private String login() throws IOException, InterruptedException {
        URI address = appliance.at("auth/login");
        Reply reply = http.ask(http.request(address).POST(HttpRequest.BodyPublishers.noBody()).build());
        if (reply.status() == 401) {
            throw new IOException("POST " + address + " answered with status 401: http_username or http_password is wrong");
        }
        String token = reply.checked().header(TOKEN);
        if (token == null) {
            throw reply.unexpected("a header " + TOKEN);
        }
        return token;
    }

    private HttpRequest.Builder request(String path, String token) {
        return http.request(appliance.at(path)).setHeader(TOKEN, token).GET();
    }

    private void collect(String alert, String token, Outbox out) throws InterruptedException {
        Report report = new SourceItem("Alert " + alert, context.log()).get(() -> fetch(alert, token));
        if (report != null) {
            out.send(report);
        }
    }

    /** Returns {@code null} if there is nothing to report. */
    private Report fetch(String alert, String token) throws IOException, InterruptedException {
        Reply indicators = http.ask(request("openioc?alert_uuid=" + FormText.encoded(alert), token).build()).checked();
        if (!hasMd5(indicators)) {
            context.log().fine("Alert " + alert + " has no MD5.");
            return null;
        }
        Report report = context.newReport();
        ReportSize.fill(report, "the document", new ByteArrayInputStream(indicators.body()));
        return report;
    }

    private static boolean hasMd5(Reply indicators) throws IOException {
        try {
            XmlElement document = XmlElement.parse(indicators.utf8());
            XmlElement criteria = document.tag().equals("OpenIOC") ? document.child("criteria") : null;
            XmlElement indicator = criteria == null ? null : criteria.child("Indicator");
            return indicator != null && indicator.children().stream().filter(child -> child.tag().equals("IndicatorItem"))
                    .map(item -> item.child("Context")).anyMatch(place -> place != null && "FileItem/Md5sum".equals(place.attribute("search")));
        } catch (XMLStreamException e) {
            throw indicators.unexpected("an OpenIOC document");
        }
    }
}
