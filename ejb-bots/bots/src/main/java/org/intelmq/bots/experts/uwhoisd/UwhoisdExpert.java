package org.intelmq.bots.experts.uwhoisd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.net.UrlHost;

/** Service: https://github.com/Lookyloo/uwhoisd. */
public final class UwhoisdExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Host of the uWhoisd server.", byDefault = "localhost", form = Form.HOST)
            String server,
            @Param(value = "Port of the uWhoisd server.", byDefault = "4243")
            int port) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.uwhoisd.expert", "uWhoisd",
            "Adds whois data of the source's domain, address and AS to extra.whois, as returned by a uWhoisd server.",
            Params.class, UwhoisdExpert::new).connecting();

    private static final Field FQDN = Field.of("extra.whois.fqdn");
    private static final Field IP = Field.of("extra.whois.ip");
    private static final Field ASN = Field.of("extra.whois.asn");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST = 1 << 20;

    private final Params params;
    private final Duration patience;

    UwhoisdExpert(Params params, BotContext context) {
        this(params, PATIENCE);
    }

    UwhoisdExpert(Params params, Duration patience) {
        this.params = params;
        this.patience = patience;
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        String name = event.text(Fields.SOURCE_FQDN);
        String url = event.text(Fields.SOURCE_URL);
        ask(event, name == null && url != null ? UrlHost.of(url) : name, FQDN);
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
        long end = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(params.server, params.port), left(end));
            socket.getOutputStream().write((query + '\n').getBytes(StandardCharsets.UTF_8));
            return new String(answer(socket, end), StandardCharsets.UTF_8);
        } catch (IOException e) {
            String reason = e instanceof SocketTimeoutException ? "no whole answer within " + patience.toMillis() + " ms" : e.getMessage();
            throw new IOException("uWhoisd at " + params.server + ':' + params.port + " did not answer for " + query + ": " + reason, e);
        }
    }

    private byte[] answer(Socket socket, long end) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        while (answer.size() < LONGEST) {
            socket.setSoTimeout(left(end));
            int length = socket.getInputStream().read(part, 0, Math.min(part.length, LONGEST - answer.size()));
            if (length < 0) {
                break;
            }
            answer.write(part, 0, length);
        }
        return answer.toByteArray();
    }

    /** In milliseconds; however slowly the server sends, there is one deadline. */
    private int left(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }
}
