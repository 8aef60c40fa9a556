package org.intelmq.bots.parsers.shodan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.text.PythonText;

/** Says where in a banner the value of a field stands: {@code fields.json}, nested as banners are. */
final class BannerMapping {

    private static final Map<String, Object> TABLE = table();

    private final Event validator;

    BannerMapping(Harmonization harmonization) {
        validator = new Event(harmonization);
    }

    private static Map<String, Object> table() {
        try (InputStream in = BannerMapping.class.getResourceAsStream("fields.json")) {
            return withFields((Map<?, ?>) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> withFields(Map<?, ?> names) {
        Map<String, Object> table = new LinkedHashMap<>();
        names.forEach((name, target) -> table.put((String) name,
                target instanceof Map<?, ?> inner ? withFields(inner) : Field.of((String) target)));
        return table;
    }

    void fill(Event event, JsonObject banner) {
        Map<Field, Object> found = new LinkedHashMap<>();
        collect(TABLE, banner, "", found);
        found.forEach((field, value) -> {
            if (!event.addUnsanitized(field, value, IfPresent.REPLACE, false)) {
                event.put(field, value);
            }
        });
    }

    private void collect(Map<?, ?> table, JsonObject part, String path, Map<Field, Object> found) {
        for (Entry<String, Object> entry : part.map().entrySet()) {
            Object target = table.get(entry.getKey());
            Object value = entry.getValue();
            if (target == null || value == null) {
                continue;
            }
            if (target instanceof Map<?, ?> inner) {
                collect(inner, new JsonObject(value), path + entry.getKey() + '.', found);
                continue;
            }
            Object converted = convert(path + entry.getKey(), value);
            if (converted != null) {
                found.put((Field) target, converted);
            }
        }
    }

    /** {@code null} if the value cannot be used. */
    private Object convert(String path, Object value) {
        return switch (path) {
            case "coap.resources", "http.components", "mac", "rsync.modules" -> value instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : null;
            case "domains", "hostnames" -> firstDomain(value);
            case "ftp.features", "vulns" -> withIdentifiers(new JsonObject(value).map());
            case "opts.ldap.supportedControl", "opts.ldap.supportedLDAPVersion" -> value instanceof List ? value : List.of(value);
            case "ssl.cert.serial", "ssl.dhparams.generator" -> PythonText.str(value);
            case "timestamp" -> (String) value + "+00";
            default -> value;
        };
    }

    private Object firstDomain(Object names) {
        for (Object name : JsonObject.elements(names)) {
            if (validator.isValid(Fields.SOURCE_FQDN, name, true)) {
                return name;
            }
        }
        return null;
    }

    /** {@code {"CVE-1": {…}}} to {@code [{…, "identifier": "CVE-1"}]}. */
    private static List<Object> withIdentifiers(Map<String, Object> objects) {
        List<Object> list = new ArrayList<>();
        for (Entry<String, Object> entry : objects.entrySet()) {
            if (!(entry.getValue() instanceof Map<?, ?> object)) {
                return null;
            }
            Map<Object, Object> identified = new LinkedHashMap<>(object);
            identified.put("identifier", entry.getKey());
            list.add(identified);
        }
        return list;
    }
}
