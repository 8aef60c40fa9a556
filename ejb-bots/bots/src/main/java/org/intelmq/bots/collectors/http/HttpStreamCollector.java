package org.intelmq.bots.collectors.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;
import org.intelmq.stream.LineReply;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.RawReport;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.net.WebAddress;

public final class HttpStreamCollector implements StreamBot {

    public record Params(
            @Param(value = "Address of the stream.", example = "https://feeds.example/stream")
            String httpUrl,
            @Param(value = "Whether to strip white space from both ends of a line.", byDefault = "true")
            boolean stripLines,
            @Param(value = "Pause before connecting again when the server has ended the stream.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.http.collector_http_stream", "Generic URL Stream Fetcher",
            "Keeps a connection to an address open and turns each line that arrives into a report.", Params.class, HttpStreamCollector::new);

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final URI address;

    HttpStreamCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http());
        try {
            this.address = WebAddress.of(params.httpUrl());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'http_url' cannot be \"" + MaskedUrl.in(params.httpUrl())
                    + "\": expected an address such as https://feeds.example/stream", e);
        }
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        context.log().info("Connecting to stream at '" + MaskedUrl.in(address) + "'.");
        LineReply.read(http, address, intake, this::report, params.stripLines(), PushedMemory.ofServer(context.log()));
        context.log().info("Stream stopped.");
    }

    private Report report(byte[] line) {
        Report report = RawReport.of(context, line);
        report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(params.httpUrl()));
        return report;
    }
}
