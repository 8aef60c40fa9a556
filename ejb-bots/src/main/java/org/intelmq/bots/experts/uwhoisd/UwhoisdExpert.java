package org.intelmq.bots.experts.uwhoisd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.UrlParts;

/** Service: https://github.com/Lookyloo/uwhoisd. */
public final class UwhoisdExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Host of the uWhoisd.", byDefault = "localhost")
            String server,
            @Param(value = "Port of the uWhoisd.", byDefault = "4243")
            int port) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.uwhoisd.expert", "uWhoisd",
            "Adds what whois says of the source's domain, address and AS to extra.whois, asked of a uWhoisd.",
            Params.class, UwhoisdExpert::new).connecting();

    private static final Field FQDN = Field.of("extra.whois.fqdn");
    private static final Field IP = Field.of("extra.whois.ip");
    private static final Field ASN = Field.of("extra.whois.asn");
    private static final int PATIENCE = 30_000;
    private static final int LONGEST = 1 << 20;

    private final Params params;

    UwhoisdExpert(Params params, BotContext context) {
        this.params = params;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        String name = event.text(Fields.SOURCE_FQDN);
        String url = event.text(Fields.SOURCE_URL);
        ask(event, name == null && url != null ? UrlParts.split(url).host() : name, FQDN);
        ask(event, event.text(Fields.SOURCE_IP), IP);
        Object asn = event.get(Fields.SOURCE_ASN);
        ask(event, asn == null ? null : "AS" + asn, ASN);
        out.send(event);
    }

    private void ask(Message event, String query, Field answer) throws IOException {
        if (query != null) {
            event.add(answer, whois(query));
        }
    }

    private String whois(String query) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(params.server, params.port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write((query + '\n').getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readNBytes(LONGEST);
            return new String(answer, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException("uWhoisd at " + params.server + ':' + params.port + " did not answer for " + query + ": " + e.getMessage(), e);
        }
    }
}
