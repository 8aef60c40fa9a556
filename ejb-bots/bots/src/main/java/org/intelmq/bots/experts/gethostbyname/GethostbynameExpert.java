package org.intelmq.bots.experts.gethostbyname;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.UrlHost;

public final class GethostbynameExpert implements BatchBot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.gethostbyname.expert", "Gethostbyname",
            "Looks up the IPv4 address of source.fqdn and destination.fqdn, all names of a batch in parallel.",
            Params.class, GethostbynameExpert::new).waiting();

    public record Params(
            @Param(value = "Whether to use the host of the URL if there is no fqdn.", byDefault = "true")
            boolean fallbackToUrl,
            @Param(value = "Numbers of getaddrinfo's errors to ignore, besides those for names that do not exist; -3 means that a server does not "
                    + "answer at the moment.",
                    byDefault = "", example = "-3")
            List<Integer> gaierrorsToIgnore,
            @Param(value = "Whether an address that is set already is replaced.", byDefault = "false")
            boolean overwrite) { }

    /** The only error of getaddrinfo in which our own look-up can end: temporary failure in name resolution. */
    private static final int TRY_AGAIN = -3;

    private record Question(Message event, Field address, CompletableFuture<List<String>> answer) { }

    private final Params params;
    private final Dns dns;
    private final boolean ignoresFailures;

    private GethostbynameExpert(Params params, BotContext context) {
        this.params = params;
        this.dns = context.dns();
        this.ignoresFailures = Set.copyOf(params.gaierrorsToIgnore()).contains(TRY_AGAIN);
    }

    @Override
    public void process(Message event, Outbox out) throws Exception {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws Exception {
        List<Question> questions = new ArrayList<>();
        for (Message event : events) {
            ask(event, Fields.SOURCE_FQDN, Fields.SOURCE_URL, Fields.SOURCE_IP, questions);
            ask(event, Fields.DESTINATION_FQDN, Fields.DESTINATION_URL, Fields.DESTINATION_IP, questions);
        }
        for (Question question : questions) {
            for (String address : addresses(question)) {
                if (question.event().offer(question.address(), address, IfPresent.overwriting(params.overwrite()))) {
                    break;
                }
            }
        }
        events.forEach(out::send);
    }

    private void ask(Message event, Field name, Field url, Field address, List<Question> questions) {
        if (event.has(address) && !params.overwrite()) {
            return;
        }
        String host = event.text(name);
        if (host == null && params.fallbackToUrl() && event.has(url)) {
            String urlHost = UrlHost.of(event.text(url));
            host = urlHost == null || IpAddress.parseOrNull(urlHost) != null ? null : urlHost;
        }
        if (host != null) {
            questions.add(new Question(event, address, lookup(host)));
        }
    }

    private CompletableFuture<List<String>> lookup(String host) {
        boolean isName = host.indexOf(':') < 0 && host.indexOf('@') < 0;
        return IpAddress.isV4(host) ? CompletableFuture.completedFuture(List.of(host))
                : isName ? dns.lookup(host, "A") : CompletableFuture.completedFuture(List.of());
    }

    private List<String> addresses(Question question) throws Exception {
        try {
            return question.answer().get();
        } catch (ExecutionException e) {
            if (ignoresFailures && e.getCause() instanceof IOException) {
                return List.of();
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
