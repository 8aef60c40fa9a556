package org.intelmq.bots.parsers.zoneh;

import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.net.UrlHost;
import org.intelmq.text.net.UrlParts;

/** Feed: reports mailed by http://zone-h.org; the column {@code domain} contains the address of the page. */
public final class ZoneHParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.zoneh.parser", "ZoneH",
            "Defaced web sites as reported to Zone-H.", NoParams.class,
            (params, context) -> new RowParser<>(context,
                    new CsvDictRows(Csv.Dialect.EXCEL, CsvRecord::verbatim, CsvRecord::verbatim), ZoneHParser::map));

    private ZoneHParser() { }

    private static void map(Row<CsvRecord> row) {
        CsvRecord defacement = row.content();
        Event event = row.newEvent();
        String address = defacement.require("domain");
        UrlParts parts = UrlParts.split(address == null ? "" : address);
        event.add(Fields.CLASSIFICATION_IDENTIFIER, "compromised-website");
        event.add(Fields.CLASSIFICATION_TYPE, "unauthorised-information-modification");
        event.add(Fields.EVENT_DESCRIPTION_TEXT, "defacement");
        event.add(Fields.TIME_SOURCE, defacement.require("add_date") + " UTC");
        event.add(Fields.RAW, row.text());
        event.offer(Fields.SOURCE_IP, defacement.require("ip_address"));
        event.offer(Fields.SOURCE_FQDN, UrlHost.of(parts));
        event.offer(Fields.SOURCE_GEOLOCATION_CC, defacement.require("country_code"));
        event.add(Fields.PROTOCOL_APPLICATION, parts.scheme());
        event.offer(Fields.SOURCE_URL, address);
        event.add("extra.accepted_date", defacement.get("accept_date"));
        event.add("extra.actor", defacement.require("attacker"));
        event.add("extra.http_target", defacement.require("web_server"));
        event.add("extra.os.name", defacement.require("system"));
        event.add("extra.compromise_method", defacement.require("hackmode"));
        event.add("extra.zoneh_report_id", defacement.require("defacement_id"));
    }
}
