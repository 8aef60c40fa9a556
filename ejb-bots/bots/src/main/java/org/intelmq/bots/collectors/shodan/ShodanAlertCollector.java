package org.intelmq.bots.collectors.shodan;

import java.io.IOException;
import java.net.URI;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.stream.LineReply;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.RawReport;

/** Interface: https://developer.shodan.io/api/stream (shodan/alert). */
public final class ShodanAlertCollector implements StreamBot {

    public record Params(
            @Param(value = "The account's key.", secret = true, form = Form.KEY)
            String apiKey,
            @Param(value = "Address of the stream.", byDefault = "https://stream.shodan.io", form = Form.WEB_ADDRESS)
            String streamUrl,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.shodan.collector_alert", "Shodan Alert",
            "Receives, in real time, what Shodan finds in the networks of all of an account's alerts.", Params.class, ShodanAlertCollector::new);

    private final BotContext context;
    private final Http http;
    private final URI address;

    ShodanAlertCollector(Params params, BotContext context) {
        this.context = context;
        this.http = context.http(params.http());
        this.address = ShodanStreamCollector.address(params.streamUrl(), "/shodan/alert", params.apiKey());
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        LineReply.read(http, address, intake, line -> RawReport.of(context, line), false, PushedMemory.ofServer(context.log()));
    }
}
