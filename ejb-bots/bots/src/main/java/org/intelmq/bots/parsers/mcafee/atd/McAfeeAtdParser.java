package org.intelmq.bots.parsers.mcafee.atd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.text.python.IntegerText;

/** Feed: JSON reports of a McAfee Advanced Threat Defense appliance, one analysed sample each. */
public final class McAfeeAtdParser {

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.mcafee.parser_atd",
            "McAfee Advanced Threat Defense File",
            "Analysed samples, and one event for each file they dropped, address they called and host they looked up.",
            Params.class, (params, context) -> RowParser.bare(context, new McAfeeAtdParser(params)::split, McAfeeAtdParser::map));

    private static final Map<String, Field> FIELDS = Map.of(
            "domain", Fields.SOURCE_FQDN,
            "hostname", Fields.SOURCE_FQDN,
            "Name", Fields.MALWARE_NAME,
            "Md5", Fields.MALWARE_HASH_MD5,
            "Sha1", Fields.MALWARE_HASH_SHA1,
            "Sha256", Fields.MALWARE_HASH_SHA256,
            "Ipv4", Fields.DESTINATION_IP,
            "Port", Fields.DESTINATION_PORT,
            "Url", Fields.DESTINATION_FQDN);

    private final int verdictSeverity;

    public record Params(
            @Param(value = "Reports of samples with a lower severity than this, from 1 to 5, are left out.", byDefault = "4")
            int verdictSeverity) { }

    /**
     * @param sample what the report says about the sample; {@code null} to leave that out
     * @param entry what else it says
     */
    private record Finding(Sample sample, JsonObject entry) { }

    private record Sample(Object name, Object md5, Object sha1, Object sha256) {

        static Sample of(JsonObject subject) {
            return new Sample(subject.get("Name"), subject.get("md5"), subject.get("sha-1"), subject.get("sha-256"));
        }
    }

    private McAfeeAtdParser(Params params) {
        verdictSeverity = params.verdictSeverity();
    }

    private void split(String text, Consumer<Row<Finding>> rows) {
        JsonObject summary = new JsonObject(Json.parse(text)).requireObject("Summary");
        Sample sample = Sample.of(summary.requireObject("Subject"));
        if (IntegerText.of(summary.requireObject("Verdict").require("Severity")).longValue() < verdictSeverity) {
            return;
        }
        rows.accept(new Row<>(new Finding(sample, new JsonObject(Map.of())), () -> text, () -> alone(summary, null, null)));
        for (String kind : List.of("Files", "Ips", "Urls")) {
            for (Object entry : JsonObject.listed(summary.get(kind))) {
                rows.accept(new Row<>(new Finding(kind.equals("Files") ? null : sample, new JsonObject(entry)), () -> text,
                        () -> alone(summary, kind, entry)));
            }
        }
    }

    /** A report with the sample and one other entry. */
    private static String alone(JsonObject summary, String kind, Object entry) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("Subject", summary.get("Subject"));
        part.put("Verdict", summary.get("Verdict"));
        if (kind != null) {
            part.put(kind, Collections.singletonList(entry));
        }
        return Json.writeAsRead(Map.of("Summary", part));
    }

    private static void map(Row<Finding> row) {
        Event event = row.newEvent();
        event.add(Fields.CLASSIFICATION_TAXONOMY, "malicious-code");
        event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
        event.add(Fields.RAW, row.text());
        Sample sample = row.content().sample();
        if (sample != null) {
            Extra.add(event, Fields.MALWARE_NAME, sample.name(), "name");
            Extra.add(event, Fields.MALWARE_HASH_MD5, sample.md5(), "md5");
            Extra.add(event, Fields.MALWARE_HASH_SHA1, sample.sha1(), "sha-1");
            Extra.add(event, Fields.MALWARE_HASH_SHA256, sample.sha256(), "sha-256");
        }
        row.content().entry().map().forEach((name, value) -> {
            Field field = FIELDS.get(name);
            if (field != null) {
                Extra.add(event, field, value, name);
            }
        });
    }
}
