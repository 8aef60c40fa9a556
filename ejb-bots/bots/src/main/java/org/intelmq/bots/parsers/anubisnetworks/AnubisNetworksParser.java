package org.intelmq.bots.parsers.anubisnetworks;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UndecodableException;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Report;
import org.intelmq.text.Whitespace;

/** Feed: the Cyberfeed stream of AnubisNetworks, one JSON object per report, in an older and a newer format. */
public final class AnubisNetworksParser implements Bot<Report> {

    public record Params(
            @Param(value = "Whether to write the malware family into classification.identifier rather than extra.malware.family.", byDefault = "true")
            boolean useMalwareFamiliyAsClassificationIdentifier) { }

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.anubisnetworks.parser", "AnubisNetworks Cyberfeed Stream",
            "Connections of infected systems to the sinkholes of AnubisNetworks.", Params.class, AnubisNetworksParser::new);

    private static final String INTERNAL_TEST = "testsinkholingloss";

    private final Params params;
    private final BotContext context;

    AnubisNetworksParser(Params params, BotContext context) {
        this.params = params;
        this.context = context;
    }

    @Override
    public void process(Report report, Outbox out) {
        if (!report.has(Fields.RAW)) {
            throw new UndecodableException("the report has no raw field");
        }
        String text = Whitespace.strip(context.encoding().decode(report.text(Fields.RAW), context.log()));
        if (text.isEmpty()) {
            return;
        }
        JsonObject connection = new JsonObject(Json.parse(text));
        Event event = context.newEvent(report);
        String address = event.text(Fields.FEED_URL);
        int key = address == null ? -1 : address.indexOf("?key=");
        if (key >= 0) {
            event.change(Fields.FEED_URL, address.substring(0, key));
        }
        event.addUnsanitized(Fields.RAW, report.get(Fields.RAW), IfPresent.FAIL, true);
        event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
        event.add(Fields.CLASSIFICATION_TAXONOMY, "malicious-code");
        event.add(Fields.EVENT_DESCRIPTION_TEXT, "Sinkhole attempted connection");
        new SinkholeConnection(event, connection, params.useMalwareFamiliyAsClassificationIdentifier()).addAll();
        if (!INTERNAL_TEST.equals(event.text(Fields.MALWARE_NAME))) {
            out.send(event);
        }
    }
}
