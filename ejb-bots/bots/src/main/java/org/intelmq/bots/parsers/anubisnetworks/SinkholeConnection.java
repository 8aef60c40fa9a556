package org.intelmq.bots.parsers.anubisnetworks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.intelmq.bot.Extra;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.python.IntegerText;

/** Turns one connection into an event. Unknown information is kept below {@code extra}. */
final class SinkholeConnection {

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

    SinkholeConnection(Event event, JsonObject whole, boolean familyIsIdentifier) {
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
            case "trojanfamily" -> Extra.add(event, Fields.MALWARE_NAME, value, name);
            case "env" -> each(name, value, this::addEnvironment);
            case "src" -> each(name, value, (key, item) -> addEnd("source", key, item));
            case "dst" -> each(name, value, (key, item) -> addEnd("destination", key, item));
            case "_geo_env_remote_addr" -> {
                if (value instanceof Map<?, ?>) {
                    addRemoteGeolocation(new JsonObject(value));
                } else {
                    Extra.keep(event, name, value);
                }
            }
            case "qtype" -> Extra.keep(event, "dns_query_type", value);
            case "app_proto" -> event.put(Fields.PROTOCOL_APPLICATION, value);
            case "malw" -> each(name, value, (key, item) -> addMalware(key, item, new JsonObject(value)));
            case "comm" -> each(name, value, (key, item) -> addCommunication(key, item, new JsonObject(value)));
            case "tracking" -> each(name, value, (key, item) -> addTracking(key, item));
            case "_geo_src_ip" -> addGeolocation(value, "source", name);
            case "_geo_tracking_last_ip" -> addGeolocation(value, "tracking.last", name, "tracking.last_ip");
            case "_geo_comm_http_host" -> addGeolocation(value, "communication.http.host", name, "comm.http.host");
            case "_origin", "_provider", "pattern_verified" -> Extra.keep(event, name, value);
            case "metadata" -> each(name, value, (key, item) -> Extra.keep(event, "metadata." + key, item));
            default -> {
                if (name.startsWith("_geo_comm_http_x_forwarded_for_")) {
                    addGeolocation(value, "communication.http." + name.replace("#", "").substring(15), "_geo_comm_http_x_forwarded_for_");
                } else {
                    Extra.keep(event, name, value);
                }
            }
        }
    }

    private void addEnvironment(String name, Object value) {
        switch (name) {
            case "remote_addr" -> event.add(Fields.SOURCE_IP, value);
            case "remote_port" -> Extra.add(event, Fields.SOURCE_PORT, value, name);
            case "server_addr" -> Extra.add(event, Fields.DESTINATION_IP, value, name);
            case "server_port" -> Extra.add(event, Fields.DESTINATION_PORT, value, name);
            case "server_name" -> event.offer(Fields.DESTINATION_FQDN, value, IfPresent.KEEP);
            default -> addRequest("env", name, value);
        }
    }

    private void addEnd(String end, String name, Object value) {
        if (!name.equals("ip") && !name.equals("port")) {
            Extra.keep(event, end + '.' + name, value);
            return;
        }
        Extra.add(event, Field.of(end + '.' + name), value, end + '.' + name);
    }

    private void addRemoteGeolocation(JsonObject location) {
        for (Map.Entry<String, Field> entry : REMOTE_GEOLOCATION) {
            if (location.has(entry.getKey())) {
                Extra.add(event, entry.getValue(), location.get(entry.getKey()), entry.getKey());
            }
        }
        if (location.has("ip") && location.has("netmask")) {
            Extra.add(event, Fields.SOURCE_NETWORK, location.get("ip") + "/" + location.get("netmask"), "netmask");
        }
    }

    private void addMalware(String name, Object value, JsonObject malware) {
        switch (name) {
            case "severity" -> Extra.keep(event, "malware.severity", value);
            case "family" -> {
                if (familyIsIdentifier) {
                    event.add(Fields.CLASSIFICATION_IDENTIFIER, value);
                } else if (!Objects.equals(value, malware.get("variant"))) {
                    Extra.keep(event, "malware.family", value);
                }
            }
            case "variant" -> Extra.add(event, Fields.MALWARE_NAME, value, name);
            case "categories" -> Extra.keep(event, "malware.categories", value);
            default -> addRequest("malw", name, value);
        }
    }

    private void addCommunication(String name, Object value, JsonObject communication) {
        switch (name) {
            case "proto" -> event.put(Fields.PROTOCOL_APPLICATION, value);
            case "method" -> Extra.keep(event, "communication.type", value);
            case "http" -> {
                each("comm.http", value, this::addHttp);
                if (value instanceof Map<?, ?> http && communication.has("proto") && http.containsKey("host") && http.containsKey("path")) {
                    Extra.add(event, Fields.DESTINATION_URL, communication.get("proto") + "://" + http.get("host") + http.get("path"), "comm.http.url");
                }
            }
            case "dns" -> each("comm.dns", value, this::addDns);
            case "categories" -> Extra.keep(event, "malware.categories", value);
            default -> addRequest("comm", name, value);
        }
    }

    private void addHttp(String name, Object value) {
        switch (name) {
            case "method" -> Extra.keep(event, "request_method", value);
            case "host" -> {
                boolean isName = event.isValid(Fields.DESTINATION_FQDN, value, true);
                if (isName) {
                    Extra.add(event, Fields.DESTINATION_FQDN, value, "comm.http.host");
                }
                Object destination = whole.get("dst") instanceof Map<?, ?> end ? end.get("ip") : null;
                if (!isName && !Objects.equals(value, destination)) {
                    Extra.keep(event, "communication.http_host", value);
                }
            }
            case "path" -> Extra.add(event, Fields.DESTINATION_URLPATH, value, "comm.http.path");
            case "user_agent" -> Extra.keep(event, "user_agent", value);
            case "more_headers" -> Extra.keep(event, "communication.headers", value);
            case "cookies", "unverified_domain", "x_forwarded_for" -> Extra.keep(event, "communication." + name, value);
            default -> Extra.keep(event, "comm.http." + name, value);
        }
    }

    private void addDns(String name, Object value) {
        switch (name) {
            case "name" -> Extra.add(event, Fields.DESTINATION_FQDN, value, "comm.dns.name");
            case "qtype" -> Extra.keep(event, "dns_query_type", value);
            default -> Extra.keep(event, "comm.dns." + name, value);
        }
    }

    private void addRequest(String where, String name, Object value) {
        switch (name) {
            case "request_method", "cookies", "path_info", "http_referer" -> Extra.keep(event, name, value);
            default -> Extra.keep(event, where + '.' + name, value);
        }
    }

    private void addGeolocation(Object value, String namespace, String name, String path) {
        addGeolocation(value, namespace, name);
        if (value instanceof Map<?, ?> location && !path.equals(location.get("path"))) {
            Extra.keep(event, name + ".path", location.get("path"));
        }
    }

    private void addGeolocation(Object value, String namespace, String name) {
        each(name, value, (key, item) -> {
            switch (key) {
                case "ip", "path" -> { }
                case "netmask" -> addOrExtra(namespace + ".network", new JsonObject(value).get("ip") + "/" + item);
                case "country_code" -> addOrExtra(namespace + ".geolocation.cc", item);
                case "country_name" -> addOrExtra(namespace + ".geolocation.country", item);
                case "region_code", "postal_code", "region", "city", "latitude", "longitude", "dma_code", "area_code", "metro_code" ->
                        addOrExtra(namespace + ".geolocation." + key, item);
                case "asn" -> addOrExtra(namespace + ".asn", item);
                case "asn_name" -> addOrExtra(namespace + ".as_name", item);
                default -> Extra.keep(event, name + '.' + key, item);
            }
        });
    }

    private void addTracking(String name, Object value) {
        String field = TRACKING.get(name);
        if (field == null) {
            Extra.keep(event, "tracking." + name, value);
        } else {
            event.add(field, value);
        }
    }

    private void addOrExtra(String field, Object value) {
        Field known = Field.of(field);
        if (event.isKnown(known)) {
            Extra.add(event, known, value, field);
        } else {
            event.add("extra." + field, value);
        }
    }

    /** Visits the entries of an object; any other value is kept under its name. */
    private void each(String name, Object value, BiConsumer<String, Object> visitor) {
        if (value instanceof Map<?, ?>) {
            new JsonObject(value).map().forEach(visitor);
        } else {
            Extra.keep(event, name, value);
        }
    }
}
