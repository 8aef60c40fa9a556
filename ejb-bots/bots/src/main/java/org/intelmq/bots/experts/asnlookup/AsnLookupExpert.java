package org.intelmq.bots.experts.asnlookup;

import java.io.IOException;
import java.nio.file.Path;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;

/** Database: the routes of http://archive.routeviews.org, in pyasn's text format. */
public final class AsnLookupExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.asn_lookup.expert", "ASN Lookup",
            "Finds AS number and network of addresses in a local copy of the Internet's routes.", Params.class, AsnLookupExpert::new)
            .updating(params -> params.autoupdateCachedDatabase() ? params.database() : null,
                    (params, http, target) -> RouteViews.write(http, target));

    public record Params(
            @Param(value = "File with the routes, in pyasn's format; below var/lib/bots if not absolute.", byDefault = "asn_lookup/ipasn.dat",
                    folder = Folder.DATA)
            Path database,
            @Param(value = "Whether update-database updates the file.", byDefault = "true")
            boolean autoupdateCachedDatabase) { }

    private final RouteTable routes;

    private AsnLookupExpert(Params params, BotContext context) {
        Path file = context.dataDirectory().resolve(params.database());
        try {
            this.routes = RouteTable.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'database' cannot be \"" + file + "\": expected a readable file of routes, see update-database ("
                    + e.getMessage() + ')', e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        fill(event, Fields.SOURCE_IP, Fields.SOURCE_ASN, Fields.SOURCE_NETWORK);
        fill(event, Fields.DESTINATION_IP, Fields.DESTINATION_ASN, Fields.DESTINATION_NETWORK);
        out.send(event);
    }

    private void fill(Message event, Field address, Field asn, Field network) {
        if (!(event.get(address) instanceof String text)) {
            return;
        }
        RouteTable.Route route = routes.find(IpAddress.parse(text));
        if (route == null) {
            return;
        }
        if (route.asn() != 0) {
            event.put(asn, route.asn());
        }
        event.put(network, route.network().toString());
    }
}
