package org.intelmq.bots.outputs.misp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/**
 * MISP's object {@code intelmq_event}, version 5: its fields and their types. Source: the template of that name at
 * https://github.com/MISP/misp-objects. Fields that it lacks cannot be put into MISP.
 */
final class ObjectTemplate {

    static final String NAME = "intelmq_event";
    private static final String IDENTITY = "491ac7d2-25a1-4078-8246-b04a132d003d";

    private static final String TIME = "datetime";
    private static final List<String> NETWORK_ACTIVITY = List.of("AS", "domain", "hostname", "ip-src", "ip-dst", "port", "url");
    private static final List<String> PAYLOAD = List.of("md5", "sha1", "sha256");
    private static final List<String> INDICATORS = List.of("domain", "hostname", "ip-src", "ip-dst", "url", "md5", "sha1", "sha256");
    private static final Map<String, String> TYPES = types();

    private ObjectTemplate() { }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        for (String side : List.of("source.", "destination.")) {
            all(types, "text", side, "abuse_contact", "account", "as_name", "domain_suffix", "geolocation.cc", "geolocation.city", "geolocation.country",
                    "geolocation.region", "geolocation.state", "registry", "reverse_dns", "urlpath");
            all(types, side.equals("source.") ? "ip-src" : "ip-dst", side, "ip", "local_ip", "network");
            all(types, "float", side, "geolocation.latitude", "geolocation.longitude");
            all(types, TIME, side, "allocated");
            all(types, "AS", side, "asn");
            all(types, "domain", side, "fqdn");
            all(types, "hostname", side, "local_hostname");
            all(types, "port", side, "port");
            all(types, "boolean", side, "tor_node");
            all(types, "url", side, "url");
        }
        all(types, "text", "", "classification.identifier", "classification.taxonomy", "classification.type", "comment", "event_description.target",
                "event_description.text", "event_hash", "extra", "feed.code", "feed.documentation", "feed.name", "feed.provider", "malware.name",
                "malware.version",
                "misp.attribute_uuid", "misp.event_uuid", "output", "protocol.application", "protocol.transport", "raw", "source.geolocation.cymru_cc",
                "source.geolocation.geoip_cc", "status", "tlp");
        all(types, "url", "", "event_description.url", "feed.url", "screenshot_url");
        all(types, TIME, "", "time.observation", "time.source");
        all(types, "float", "", "feed.accuracy");
        all(types, "integer", "", "rtir_id");
        all(types, "md5", "malware.hash.", "md5");
        all(types, "sha1", "malware.hash.", "sha1");
        all(types, "sha256", "malware.hash.", "sha256");
        return Map.copyOf(types);
    }

    private static void all(Map<String, String> types, String type, String prefix, String... names) {
        for (String name : names) {
            types.put(prefix + name, type);
        }
    }

    /** Whether MISP marks values of such a field for detection systems unless told otherwise. */
    static boolean isIndicator(String field) {
        return INDICATORS.contains(TYPES.get(field));
    }

    /** Whether MISP looks for the value in other events unless told otherwise. */
    static boolean correlates(String field) {
        return !field.equals("time.observation") && !field.equals("time.source");
    }

    static boolean has(String field) {
        return TYPES.containsKey(field);
    }

    /** The object without its attributes. */
    static Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", NAME);
        object.put("meta-category", "network");
        object.put("template_uuid", IDENTITY);
        object.put("description", "IntelMQ Event");
        object.put("template_version", "5");
        object.put("uuid", UUID.randomUUID().toString());
        return object;
    }

    /** An attribute of the object, as MISP takes it. */
    static Map<String, Object> attribute(String field, Object value, boolean correlates, boolean toIds) {
        String type = TYPES.get(field);
        Map<String, Object> attribute = new LinkedHashMap<>();
        attribute.put("uuid", UUID.randomUUID().toString());
        attribute.put("object_relation", field);
        attribute.put("value", value(type, value));
        attribute.put("type", type);
        attribute.put("disable_correlation", !correlates);
        attribute.put("to_ids", toIds);
        attribute.put("category", NETWORK_ACTIVITY.contains(type) ? "Network activity" : PAYLOAD.contains(type) ? "Payload delivery" : "Other");
        return attribute;
    }

    private static Object value(String type, Object value) {
        if (type.equals(TIME) && value instanceof String text) {
            try {
                return IsoTime.format(IsoTime.parse(text));
            } catch (UnreadableTime e) {
                return text;
            }
        }
        return value instanceof Double || value instanceof Boolean ? value : Whitespace.strip(PythonText.str(value));
    }
}
