package org.intelmq.bots.parsers.phishtank;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/** Feed: https://data.phishtank.com/data/…/online-valid.json.gz, a list with one object per site, all of them online. */
public final class PhishTankParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.phishtank.parser", "Phishtank",
            "Verified phishing sites that are online, from PhishTank.", NoParams.class,
            (params, context) -> new RowParser<>(context, new JsonRows(), new PhishTankParser(context)::map));

    private final BotContext context;

    private PhishTankParser(BotContext context) {
        this.context = context;
    }

    private void map(Row<JsonObject> row) {
        JsonObject site = row.content();
        Event event = row.newEvent();
        if (site.get("submission_time") instanceof String time) {
            addTime(event, time);
        } else {
            Extra.keep(event, "submission_time", site.get("submission_time"));
        }
        event.add(Fields.CLASSIFICATION_TYPE, "phishing");
        event.offer("extra.phishtank.phish_id", site.get("phish_id"));
        event.add(Fields.SOURCE_URL, site.get("url"));
        event.offer(Fields.EVENT_DESCRIPTION_URL, site.get("phish_detail_url"));
        event.offer(Fields.EVENT_DESCRIPTION_TARGET, site.get("target"));
        event.add(Fields.STATUS, "online");
        event.offer("extra.phishtank.verified", site.get("verified"));
        event.offer("extra.phishtank.verification_time", site.get("verification_time"));
        if (site.get("details") instanceof List<?> details && !details.isEmpty() && details.get(0) instanceof Map<?, ?> first) {
            JsonObject detail = new JsonObject(first);
            event.offer(Fields.SOURCE_IP, detail.get("ip_address"));
            event.offer(Fields.SOURCE_NETWORK, detail.get("cidr_block"));
            event.offer(Fields.SOURCE_ASN, detail.get("announcing_network"));
            event.offer(Fields.SOURCE_GEOLOCATION_CC, detail.get("country"));
        } else if (JsonObject.isTrue(site.get("details"))) {
            Extra.keep(event, "phishtank.details", site.get("details"));
        }
        event.add(Fields.RAW, row.text());
    }

    private void addTime(Event event, String text) {
        if (text.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        try {
            event.offer(Fields.TIME_SOURCE, IsoTime.format(FuzzyTime.parseWhole(text, today)));
        } catch (UnreadableTime e) {
            context.log().warning("Could not parse submission_time value '" + text + "'");
        }
    }
}
