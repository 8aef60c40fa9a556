package org.intelmq.bots.experts.url;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.UrlHost;
import org.intelmq.text.net.UrlParts;

public final class UrlExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.url.expert", "URL",
            "Splits source.url and destination.url into host name or address, port, path, account and protocols.",
            Params.class, UrlExpert::new);

    public record Params(
            @Param(value = "Whether fields that are set already are replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "Fields to leave unset.", byDefault = "", example = "source.port, destination.port",
                    fields = FieldNames.LOOKED_AT)
            Set<String> skipFields) { }

    /** @param transport {@code null} where the scheme alone does not determine it */
    private record Scheme(int port, String application, String transport) { }

    private static final Map<String, Scheme> SCHEMES = Map.of(
            "ftp", new Scheme(21, "ftp", "tcp"),
            "http", new Scheme(80, "http", "tcp"),
            "https", new Scheme(443, "http", null),
            "sftp", new Scheme(22, "sftp", "tcp"),
            "ssh", new Scheme(22, "ssh", "tcp"),
            "tftp", new Scheme(69, "tftp", "udp"),
            "ws", new Scheme(80, "ws", "tcp"),
            "wss", new Scheme(443, "wss", "tcp"));

    private record Side(Field url, Field ip, Field fqdn, Field port, Field path, Field account) { }

    private static final Side SOURCE = new Side(Fields.SOURCE_URL, Fields.SOURCE_IP, Fields.SOURCE_FQDN, Fields.SOURCE_PORT,
            Fields.SOURCE_URLPATH, Fields.SOURCE_ACCOUNT);
    private static final Side DESTINATION = new Side(Fields.DESTINATION_URL, Fields.DESTINATION_IP, Fields.DESTINATION_FQDN,
            Fields.DESTINATION_PORT, Fields.DESTINATION_URLPATH, Fields.DESTINATION_ACCOUNT);

    private final IfPresent ifPresent;
    private final Set<Field> skipped;
    private final FieldType addressType;
    private final FieldType nameType;

    private UrlExpert(Params params, BotContext context) {
        this.ifPresent = IfPresent.overwriting(params.overwrite());
        this.skipped = params.skipFields().stream().map(Field::of).collect(Collectors.toSet());
        this.addressType = FieldTypes.named("IPAddress", context.clock());
        this.nameType = FieldTypes.named("FQDN", context.clock());
    }

    @Override
    public void process(Message event, Outbox out) {
        boolean told = fill(event, SOURCE, false);
        fill(event, DESTINATION, told);
        out.send(event);
    }

    /** @return whether the protocols are now set; the source's take precedence over the destination's */
    private boolean fill(Message event, Side side, boolean protocolsTold) {
        String address = event.text(side.url());
        if (address == null) {
            return protocolsTold;
        }
        UrlParts url = UrlParts.split(address);
        addHost(event, side, UrlHost.of(url));
        Scheme scheme = SCHEMES.get(url.scheme());
        int port = url.port();
        if (port > 0 || scheme != null) {
            add(event, side.port(), (long) (port > 0 ? port : scheme.port()));
        }
        addUnlessEmpty(event, side.path(), url.pathWithoutParameters());
        if (url.user() != null && !url.user().isEmpty() && !skipped.contains(side.account())) {
            event.offer(side.account(), url.user(), ifPresent);
        }
        return protocolsTold || addProtocols(event, url.scheme(), scheme);
    }

    private void addHost(Message event, Side side, String host) {
        if (host == null) {
            return;
        }
        if (!skipped.contains(side.ip()) && addressType.clean(host) != null) {
            event.add(side.ip(), host, ifPresent);
        } else if (!skipped.contains(side.fqdn()) && nameType.clean(host) != null) {
            event.add(side.fqdn(), host, ifPresent);
        }
    }

    private boolean addProtocols(Message event, String name, Scheme scheme) {
        if (name.isEmpty()) {
            return false;
        }
        boolean told = add(event, Fields.PROTOCOL_APPLICATION, scheme == null ? name : scheme.application());
        return scheme != null && scheme.transport() != null && add(event, Fields.PROTOCOL_TRANSPORT, scheme.transport()) || told;
    }

    private void addUnlessEmpty(Message event, Field field, String value) {
        if (!value.isEmpty()) {
            add(event, field, value);
        }
    }

    private boolean add(Message event, Field field, Object value) {
        if (skipped.contains(field)) {
            return false;
        }
        event.add(field, value, ifPresent);
        return true;
    }
}
