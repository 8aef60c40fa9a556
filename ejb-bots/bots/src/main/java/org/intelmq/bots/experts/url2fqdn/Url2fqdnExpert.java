package org.intelmq.bots.experts.url2fqdn;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.UrlHost;

public final class Url2fqdnExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.url2fqdn.expert", "url2fqdn",
            "Copies the host of source.url and destination.url into the field for names or, if it is one, for addresses. The bot URL does more.",
            Params.class, (params, context) -> new Url2fqdnExpert(params));

    public record Params(
            @Param(value = "Whether a name that is set already is replaced.", byDefault = "false")
            boolean overwrite) { }

    private final boolean overwrite;
    private final IfPresent ifPresent;

    private Url2fqdnExpert(Params params) {
        this.overwrite = params.overwrite();
        this.ifPresent = IfPresent.overwriting(overwrite);
    }

    @Override
    public void process(Message event, Outbox out) {
        addHost(event, Fields.SOURCE_URL, Fields.SOURCE_FQDN, Fields.SOURCE_IP);
        addHost(event, Fields.DESTINATION_URL, Fields.DESTINATION_FQDN, Fields.DESTINATION_IP);
        out.send(event);
    }

    private void addHost(Message event, Field url, Field name, Field address) {
        String text = event.text(url);
        if (text == null || event.has(name) && !overwrite) {
            return;
        }
        String host = UrlHost.of(text);
        if (!event.offer(name, host, ifPresent)) {
            event.offer(address, host, ifPresent);
        }
    }
}
