package org.intelmq.bots.collectors.shodan;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.stream.LineReply;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.RawReport;

public final class ShodanStreamCollector implements StreamBot {

    public record Params(
            @Param(value = "The account's key.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Country codes of the hosts to fetch.", byDefault = "", example = "AT, DE")
            List<String> countries,
            @Param(value = "The alert of monitor.shodan.io whose hosts are fetched, instead of those of countries.", optional = true, form = Form.LINE)
            String alert,
            @Param(value = "Address of the stream.", byDefault = "https://stream.shodan.io", form = Form.WEB_ADDRESS)
            String streamUrl,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.shodan.collector_stream", "Shodan Stream",
            "Receives, in real time, what Shodan finds, by country or by alert.", Params.class, ShodanStreamCollector::new);

    private final BotContext context;
    private final Http http;
    private final URI address;

    ShodanStreamCollector(Params params, BotContext context) {
        this.context = context;
        this.http = context.http(params.http());
        List<String> countries = params.countries().stream().map(String::strip).filter(country -> !country.isEmpty()).toList();
        boolean byAlert = params.alert() != null && !params.alert().isBlank();
        if (byAlert && !countries.isEmpty()) {
            throw new ConfigurationException("parameters 'alert' and 'countries' cannot both be set: expected one of them");
        }
        String selection = byAlert ? "/shodan/alert/" + encoded(params.alert().strip()) : "/shodan/countries/" + encoded(String.join(",", countries));
        this.address = address(params.streamUrl(), selection, params.apiKey());
    }

    /** @throws ConfigurationException if there is no such address */
    static URI address(String streamUrl, String selection, String key) {
        try {
            return URI.create(streamUrl + selection + "?key=" + encoded(key));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'stream_url' cannot be \"" + streamUrl + "\": expected an address such as https://stream.shodan.io", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        LineReply.read(http, address, intake, line -> RawReport.of(context, line), false, PushedMemory.ofServer(context.log()));
    }
}
