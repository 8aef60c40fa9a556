package org.intelmq.bots.parsers.alienvault.otx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.text.net.UrlParts;

/** Feed: the pulses of https://otx.alienvault.com, each with a list of indicators; a domain may turn out to be the address of a page. */
public final class AlienVaultOtxParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.alienvault.parser_otx", "AlienVault OTX",
            "Indicators of the pulses in AlienVault Open Threat Exchange.", NoParams.class,
            (params, context) -> new RowParser<>(context, AlienVaultOtxParser::split, AlienVaultOtxParser::map));

    private static final Map<String, Field> SIMPLE = Map.of(
            "FileHash-SHA256", Fields.MALWARE_HASH_SHA256,
            "FileHash-SHA1", Fields.MALWARE_HASH_SHA1,
            "FileHash-MD5", Fields.MALWARE_HASH_MD5,
            "IPv4", Fields.SOURCE_IP,
            "IPv6", Fields.SOURCE_IP,
            "email", Fields.SOURCE_ACCOUNT,
            "CIDR", Fields.SOURCE_NETWORK);

    private static final Pattern LOCAL_TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d*)?");

    private record Indicator(JsonObject pulse, JsonObject json) { }

    private AlienVaultOtxParser() { }

    private static void split(String text, Consumer<Row<Indicator>> rows) {
        new JsonRows().split(text, row -> {
            JsonObject pulse = row.content();
            List<?> indicators;
            try {
                indicators = JsonObject.listed(pulse.require("indicators"));
            } catch (ClassCastException | NoSuchElementException e) {
                rows.accept(Row.broken(e, row::text));
                return;
            }
            for (Object indicator : indicators) {
                rows.accept(new Row<>(new Indicator(pulse, new JsonObject(indicator)), () -> alone(pulse, indicator)));
            }
        });
    }

    /** The pulse with only this indicator. */
    private static String alone(JsonObject pulse, Object indicator) {
        Map<String, Object> part = new LinkedHashMap<>(pulse.map());
        part.put("indicators", Collections.singletonList(indicator));
        return Json.writeAsRead(List.of(part));
    }

    private static void map(Row<Indicator> row) {
        JsonObject indicator = row.content().json();
        String type = String.valueOf(indicator.require("type"));
        if (isKnown(type)) {
            fill(row.newEvent(), row.content().pulse(), indicator, type);
        }
    }

    private static boolean isKnown(String type) {
        return SIMPLE.containsKey(type) || switch (type) {
            case "hostname", "domain", "URL", "URI", "CVE" -> true;
            default -> false;
        };
    }

    private static void fill(Event event, JsonObject pulse, JsonObject indicator, String type) {
        Map<String, Object> extra = new LinkedHashMap<>();
        put("author", pulse.get("author_name"), extra);
        put("pulse", pulse.get("name"), extra);
        Object value = indicator.require("indicator");
        switch (type) {
            case "hostname", "domain" -> addName(event, indicator.requireText("indicator"));
            case "URL", "URI" -> addAddress(event, indicator.requireText("indicator"), type);
            case "CVE" -> extra.put("cve", value);
            default -> event.add(SIMPLE.get(type), value);
        }
        put("pulse_key", indicator.has("pulse_key") ? indicator.get("pulse_key") : pulse.get("id"), extra);
        copy(pulse, "tags", extra);
        if (pulse.get("modified") instanceof String modified) {
            extra.put("time_updated", modified.contains(".") ? inUtc(modified) : modified + ".00+00:00");
        } else {
            put("modified", pulse.get("modified"), extra);
        }
        copy(pulse, "industries", extra);
        copy(pulse, "adversary", extra);
        if (JsonObject.isTrue(pulse.get("targeted_countries"))) {
            copy(pulse, "targeted_countries", extra);
        }
        Extra.add(event, Fields.TLP, pulse.get("TLP"), "tlp", extra);
        Extra.add(event, Fields.COMMENT, pulse.get("description"), "description", extra);
        event.add(Fields.EXTRA, extra);
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        Object created = indicator.get("created");
        Extra.add(event, Fields.TIME_SOURCE, created instanceof String time ? second(time) : created, "created");
        event.add(Fields.RAW, Json.writeSortedAsRead(indicator.value()));
    }

    private static void addName(Event event, String name) {
        String address = UrlParts.completed(name, "http://");
        if (UrlParts.split(address).pathWithoutParameters().isEmpty()) {
            event.add(Fields.SOURCE_FQDN, name);
        } else {
            event.add(Fields.SOURCE_URL, address);
        }
    }

    private static void addAddress(Event event, String value, String type) {
        if (event.offer(Fields.SOURCE_URL, UrlParts.completed(value, "http://"))) {
            return;
        }
        if (!type.equals("URI")) {
            throw new IllegalArgumentException("indicator of type URL is \"" + value + "\", expected an address");
        }
        event.add(Fields.SOURCE_URLPATH, value);
    }

    private static void put(String name, Object value, Map<String, Object> extra) {
        if (value != null) {
            extra.put(name, value);
        }
    }

    private static void copy(JsonObject pulse, String name, Map<String, Object> extra) {
        if (pulse.has(name)) {
            extra.put(name, pulse.get(name));
        }
    }

    /** The second in UTC of {@code 2016-11-03T20:15:44}, with or without a fraction; any other text unchanged. */
    private static String second(String time) {
        Matcher matcher = LOCAL_TIME.matcher(time);
        return matcher.matches() ? matcher.group(1) + "+00:00" : time;
    }

    /** Cuts the last four digits of microseconds. */
    private static String inUtc(String time) {
        return time.substring(0, Math.max(0, time.length() - 4)) + "+00:00";
    }
}
