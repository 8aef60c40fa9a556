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
import org.intelmq.bot.Extra;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.text.python.PythonText;

/** Finds the values of fields in a banner, by {@code fields.json}, which is nested like banners. */
final class BannerMapping {

    private static final Map<String, Object> TABLE = table();

    private final Event validator;

    /** @param path names in the banner, with dots between them */
    private record Found(String path, Object value) { }

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
        Map<Field, Found> found = new LinkedHashMap<>();
        collect(event, TABLE, banner, "", found);
        found.forEach((field, value) -> {
            if (field == Fields.SOURCE_IP) {
                event.put(field, value.value());
            } else if (field == Fields.TIME_SOURCE) {
                addTime(event, value.value());
            } else if (!event.addUnsanitized(field, value.value(), IfPresent.REPLACE, false)) {
                Extra.add(event, field, value.value(), IfPresent.REPLACE, value.path());
            }
        });
    }

    /** Times in banners have no zone and are in UTC. */
    static void addTime(Event event, Object time) {
        if (!(time instanceof String text) || !event.offer(Fields.TIME_SOURCE, text + "+00", IfPresent.REPLACE)
                && !event.offer(Fields.TIME_SOURCE, text, IfPresent.REPLACE)) {
            Extra.keep(event, "timestamp", time);
        }
    }

    private void collect(Event event, Map<?, ?> table, JsonObject part, String path, Map<Field, Found> found) {
        for (Entry<String, Object> entry : part.map().entrySet()) {
            Object target = table.get(entry.getKey());
            Object value = entry.getValue();
            if (target == null || value == null) {
                continue;
            }
            String name = path + entry.getKey();
            if (target instanceof Map<?, ?> inner) {
                if (value instanceof Map<?, ?>) {
                    collect(event, inner, new JsonObject(value), name + '.', found);
                } else {
                    Extra.keep(event, name, value);
                }
                continue;
            }
            Object converted = convert(name, value);
            if (converted != null) {
                found.put((Field) target, new Found(name, converted));
            }
        }
    }

    /** Returns {@code null} if the value cannot be used. */
    private Object convert(String path, Object value) {
        return switch (path) {
            case "coap.resources", "http.components", "mac", "rsync.modules" -> value instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : value;
            case "domains", "hostnames" -> firstDomain(value instanceof String ? List.of(value) : value);
            case "ftp.features", "vulns" -> withIdentifiers(value);
            case "opts.ldap.supportedControl", "opts.ldap.supportedLDAPVersion" -> value instanceof List ? value : List.of(value);
            case "ssl.cert.serial", "ssl.dhparams.generator" -> PythonText.str(value);
            default -> value;
        };
    }

    private Object firstDomain(Object names) {
        if (!(names instanceof List<?>) && !(names instanceof Map<?, ?>)) {
            return null;
        }
        for (Object name : JsonObject.elements(names)) {
            if (validator.isValid(Fields.SOURCE_FQDN, name, true)) {
                return name;
            }
        }
        return null;
    }

    /** Turns {@code {"CVE-1": {…}}} into {@code [{…, "identifier": "CVE-1"}]}, and {@code ["CVE-1"]} likewise; anything else stays as it is. */
    private static Object withIdentifiers(Object value) {
        List<Object> list = new ArrayList<>();
        if (value instanceof List<?> names) {
            names.forEach(name -> list.add(name instanceof String ? Map.of("identifier", name) : name));
        } else if (value instanceof Map<?, ?> objects) {
            for (Entry<?, ?> entry : objects.entrySet()) {
                Map<Object, Object> identified = new LinkedHashMap<>();
                if (entry.getValue() instanceof Map<?, ?> object) {
                    identified.putAll(object);
                } else if (entry.getValue() != null) {
                    identified.put("value", entry.getValue());
                }
                identified.put("identifier", entry.getKey());
                list.add(identified);
            }
        } else {
            return value;
        }
        return list;
    }
}
