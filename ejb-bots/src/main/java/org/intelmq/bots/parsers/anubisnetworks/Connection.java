package org.intelmq.bots.parsers.anubisnetworks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.IntegerText;

/** One connection being made an event. A name that is not known is an error, so that changes of the feed are noticed. */
final class Connection {

    private static final List<Map.Entry<String, Field>> REMOTE_GEOLOCATION = List.of(
            Map.entry("country_code", Fields.SOURCE_GEOLOCATION_CC),
            Map.entry("country_name", Fields.SOURCE_GEOLOCATION_COUNTRY),
            Map.entry("region", Fields.SOURCE_GEOLOCATION_REGION),
            Map.entry("city", Fields.SOURCE_GEOLOCATION_CITY),
            Map.entry("asn_name", Fields.SOURCE_AS_NAME),
            Map.entry("asn", Fields.SOURCE_ASN),
            Map.entry("longitude", Fields.SOURCE_GEOLOCATION_LONGITUDE),
            Map.entry("latitude", Fields.SOURCE_GEOLOCATION_LATITUDE));

    private static final Map<String, String> TRACKING = Map.of(
            "id", "extra.tracking.id",
            "last_ip", "extra.tracking.last.ip",
            "first", "extra.first_seen",
            "seen", "extra.last_seen",
            "changes", "extra.tracking.changes",
            "checkins", "extra.tracking.checkins",
            "days", "extra.days_seen",
            "same_ip", "extra.tracking.same_ip",
            "tr", "extra.tracking.tr");

    private static final TimeConversion SECONDS = TimeConversion.of("timestamp");

    private final Event event;
    private final JsonObject whole;
    private final boolean familyIsIdentifier;

    Connection(Event event, JsonObject whole, boolean familyIsIdentifier) {
        this.event = event;
        this.whole = whole;
        this.familyIsIdentifier = familyIsIdentifier;
    }

    void addAll() {
        whole.map().forEach(this::add);
    }

    private void add(String name, Object value) {
        switch (name) {
            case "_ts" -> event.add(Fields.TIME_SOURCE, SECONDS.convert(IntegerText.of(value)));
            case "trojanfamily" -> event.add(Fields.MALWARE_NAME, value);
            case "env" -> each(value, this::addEnvironment);
            case "src" -> each(value, (key, item) -> addEnd("source", key, item));
            case "dst" -> each(value, (key, item) -> addEnd("destination", key, item));
            case "_geo_env_remote_addr" -> addRemoteGeolocation(new JsonObject(value));
            case "qtype" -> event.add("extra.dns_query_type", value);
            case "app_proto" -> event.put(Fields.PROTOCOL_APPLICATION, value);
            case "malw" -> each(value, (key, item) -> addMalware(key, item, new JsonObject(value)));
            case "comm" -> each(value, (key, item) -> addCommunication(key, item, new JsonObject(value)));
            case "tracking" -> each(value, (key, item) -> event.add(known(TRACKING.get(key), name, key), item));
            case "_geo_src_ip" -> addGeolocation(value, "source", name);
            case "_geo_tracking_last_ip" -> addGeolocation(value, "tracking.last", name, "tracking.last_ip");
            case "_geo_comm_http_host" -> addGeolocation(value, "communication.http.host", name, "comm.http.host");
            case "_origin", "_provider", "pattern_verified" -> event.add("extra." + name, value);
            case "metadata" -> each(value, (key, item) -> event.add("extra.metadata." + key, item));
            default -> {
                if (!name.startsWith("_geo_comm_http_x_forwarded_for_")) {
                    throw unknown(name);
                }
                addGeolocation(value, "communication.http." + name.replace("#", "").substring(15), "_geo_comm_http_x_forwarded_for_");
            }
        }
    }

    private void addEnvironment(String name, Object value) {
        switch (name) {
            case "remote_addr" -> event.add(Fields.SOURCE_IP, value);
            case "remote_port" -> event.add(Fields.SOURCE_PORT, value);
            case "server_addr" -> event.add(Fields.DESTINATION_IP, value);
            case "server_port" -> event.add(Fields.DESTINATION_PORT, value);
            case "server_name" -> event.offer(Fields.DESTINATION_FQDN, value);
            default -> addRequest("env", name, value);
        }
    }

    private void addEnd(String end, String name, Object value) {
        if (!name.equals("ip") && !name.equals("port")) {
            throw unknown(end + '.' + name);
        }
        event.add(end + '.' + name, value);
    }

    private void addRemoteGeolocation(JsonObject location) {
        for (Map.Entry<String, Field> entry : REMOTE_GEOLOCATION) {
            if (location.has(entry.getKey())) {
                event.add(entry.getValue(), location.require(entry.getKey()));
            }
        }
        if (location.has("ip") && location.has("netmask")) {
            event.add(Fields.SOURCE_NETWORK, location.require("ip") + "/" + location.require("netmask"));
        }
    }

    private void addMalware(String name, Object value, JsonObject malware) {
        switch (name) {
            case "severity" -> event.add("extra.malware.severity", value);
            case "family" -> {
                if (familyIsIdentifier) {
                    event.add(Fields.CLASSIFICATION_IDENTIFIER, value);
                } else if (!Objects.equals(value, malware.require("variant"))) {
                    event.add("extra.malware.family", value);
                }
            }
            case "variant" -> event.add(Fields.MALWARE_NAME, value);
            case "categories" -> event.add("extra.malware.categories", value);
            default -> addRequest("malw", name, value);
        }
    }

    private void addCommunication(String name, Object value, JsonObject communication) {
        switch (name) {
            case "proto" -> event.put(Fields.PROTOCOL_APPLICATION, value);
            case "method" -> event.add("extra.communication.type", value);
            case "http" -> {
                each(value, this::addHttp);
                JsonObject http = new JsonObject(value);
                if (communication.has("proto") && http.has("host") && http.has("path")) {
                    event.add(Fields.DESTINATION_URL, communication.get("proto") + "://" + http.get("host") + http.get("path"));
                }
            }
            case "dns" -> each(value, this::addDns);
            case "categories" -> event.add("extra.malware.categories", value);
            default -> addRequest("comm", name, value);
        }
    }

    private void addHttp(String name, Object value) {
        switch (name) {
            case "method" -> event.add("extra.request_method", value);
            case "host" -> {
                boolean isName = event.offer(Fields.DESTINATION_FQDN, value);
                if (!isName && !Objects.equals(value, new JsonObject(whole.require("dst")).require("ip"))) {
                    event.add("extra.communication.http_host", value);
                }
            }
            case "path" -> event.add(Fields.DESTINATION_URLPATH, value);
            case "user_agent" -> event.add("extra.user_agent", value);
            case "more_headers" -> event.add("extra.communication.headers", value);
            case "cookies", "unverified_domain", "x_forwarded_for" -> event.add("extra.communication." + name, value);
            default -> throw unknown("comm.http." + name);
        }
    }

    private void addDns(String name, Object value) {
        switch (name) {
            case "name" -> event.add(Fields.DESTINATION_FQDN, value);
            case "qtype" -> event.add("extra.dns_query_type", value);
            default -> throw unknown("comm.dns." + name);
        }
    }

    private void addRequest(String where, String name, Object value) {
        switch (name) {
            case "request_method", "cookies", "path_info", "http_referer" -> event.add("extra." + name, value);
            default -> throw unknown(where + '.' + name);
        }
    }

    private void addGeolocation(Object value, String namespace, String name, String path) {
        addGeolocation(value, namespace, name);
        if (!path.equals(new JsonObject(value).require("path"))) {
            throw new IllegalArgumentException(name + ".path is " + new JsonObject(value).get("path") + ", expected " + path);
        }
    }

    private void addGeolocation(Object value, String namespace, String name) {
        each(value, (key, item) -> {
            switch (key) {
                case "ip", "path" -> { }
                case "netmask" -> addOrExtra(namespace + ".network", new JsonObject(value).require("ip") + "/" + item);
                case "country_code" -> addOrExtra(namespace + ".geolocation.cc", item);
                case "country_name" -> addOrExtra(namespace + ".geolocation.country", item);
                case "region_code", "postal_code", "region", "city", "latitude", "longitude", "dma_code", "area_code", "metro_code" ->
                    addOrExtra(namespace + ".geolocation." + key, item);
                case "asn" -> addOrExtra(namespace + ".asn", item);
                case "asn_name" -> addOrExtra(namespace + ".as_name", item);
                default -> throw unknown(name + '.' + key);
            }
        });
    }

    private void addOrExtra(String field, Object value) {
        try {
            event.add(field, value);
        } catch (InvalidKey e) {
            event.add("extra." + field, value);
        }
    }

    private static void each(Object value, BiConsumer<String, Object> visitor) {
        new JsonObject(value).map().forEach(visitor);
    }

    private static String known(String field, String where, String name) {
        if (field == null) {
            throw unknown(where + '.' + name);
        }
        return field;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("data field '" + name + "' is not known");
    }
}
