package org.intelmq.bots.parsers.calidog.certstream;

import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.python.IntegerText;

/** Feed: https://certstream.calidog.io, one certificate per report, with one event for each of its domains. */
public final class CertStreamParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.calidog.parser_certstream", "CertStream",
            "Domains in newly issued certificates, from the certificate transparency log.", NoParams.class,
            (params, context) -> new RowParser<>(context, CertStreamParser::split, CertStreamParser::map));

    private static final TimeConversion MILLISECONDS = TimeConversion.of("epoch_millis");

    private record Domain(Object name, JsonObject certificate) { }

    private CertStreamParser() { }

    private static void split(String text, Consumer<Row<Domain>> rows) {
        JsonObject data = new JsonObject(new JsonObject(Json.parse(text)).require("data"));
        if (!data.has("leaf_cert")) {
            return;
        }
        JsonObject certificate = new JsonObject(data.require("leaf_cert"));
        if (!certificate.has("all_domains")) {
            return;
        }
        for (Object domain : JsonObject.elements(certificate.require("all_domains"))) {
            rows.accept(new Row<>(new Domain(domain, data), () -> text, Row.WHOLE_REPORT));
        }
    }

    private static void map(Row<Domain> row) {
        Domain domain = row.content();
        Event event = row.newEvent();
        event.add(Fields.TIME_SOURCE, MILLISECONDS.convert(IntegerText.of(domain.certificate().require("seen"))));
        event.add(Fields.CLASSIFICATION_TYPE, "other");
        event.add(Fields.RAW, row.text());
        if (!event.offer(Fields.SOURCE_FQDN, domain.name())) {
            event.add(Fields.SOURCE_IP, domain.name());
        }
    }
}
