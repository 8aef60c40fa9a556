package org.intelmq.bots.experts.ripe;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.State;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.text.net.MailAddress;

/** Services: https://stat.ripe.net/docs/data_api and https://rest.db.ripe.net (abuse-contact). */
public final class RipeExpert implements Bot<Message> {

    /** What to do with contacts and locations that an event already has. */
    public enum Mode { APPEND, REPLACE }

    public record Params(
            @Param(value = "Whether contacts that are found are added to existing ones or replace them; places are then replaced as well.",
                    byDefault = "append")
            Mode mode,
            @Param(value = "Whether the RIPE database is asked for the contact of the AS.", byDefault = "true")
            boolean queryRipeDbAsn,
            @Param(value = "Whether the RIPE database is asked for the contact of the address.", byDefault = "true")
            boolean queryRipeDbIp,
            @Param(value = "Whether RIPEstat is asked for the contact of the AS.", byDefault = "true")
            boolean queryRipeStatAsn,
            @Param(value = "Whether RIPEstat is asked for the location of the address.", byDefault = "true")
            boolean queryRipeStatGeolocation,
            @Param(value = "Whether RIPEstat is asked for the contact of the address.", byDefault = "true")
            boolean queryRipeStatIp,
            @Defaults({"redis_cache_db: 10", "redis_cache_ttl: 86400"})
            CacheParams cache,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.ripe.expert", "RIPE",
            "Adds abuse contacts and locations of source and destination by address and AS, from the RIPE database and RIPEstat.",
            Params.class, RipeExpert::new).waiting();

    /** Remembered if the service knows nothing. */
    private static final String NONE = "__no_contact";

    /** What to ask, and where in the reply the answer is: names of objects and indexes of lists. */
    private enum Query {
        DB_IP("db_ip", "https://rest.db.ripe.net/abuse-contact/%s.json", "abuse-contacts", "email"),
        DB_ASN("db_asn", "https://rest.db.ripe.net/abuse-contact/as%s.json", "abuse-contacts", "email"),
        STAT("stat", "https://stat.ripe.net/data/abuse-contact-finder/data.json?resource=%s", "data"),
        STAT_GEOLOCATION("stat_geolocation", "https://stat.ripe.net/data/maxmind-geo-lite/data.json?resource=%s",
                "data", "located_resources", 0, "locations", 0);

        private final String id;
        private final String address;
        private final Object[] answer;

        Query(String id, String address, Object... answer) {
            this.id = id;
            this.address = address;
            this.answer = answer;
        }
    }

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final State cache;
    private final Set<Query> underMaintenance = new HashSet<>();

    RipeExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.cache = context.state(params.cache);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        complete(event, "source.");
        complete(event, "destination.");
        out.send(event);
    }

    private void complete(Message event, String side) throws IOException, InterruptedException {
        Field contactField = Field.of(side + "abuse_contact");
        Set<String> contacts = new LinkedHashSet<>();
        if (params.mode == Mode.APPEND && event.has(contactField)) {
            contacts.addAll(Arrays.asList(event.text(contactField).split(",")));
        }
        Object asn = event.get(side + "asn");
        Object ip = event.get(side + "ip");
        addContacts(contacts, params.queryRipeStatAsn, Query.STAT, asn);
        addContacts(contacts, params.queryRipeDbAsn, Query.DB_ASN, asn);
        addContacts(contacts, params.queryRipeStatIp, Query.STAT, ip);
        addContacts(contacts, params.queryRipeDbIp, Query.DB_IP, ip);
        if (params.queryRipeStatGeolocation && ip != null && ask(Query.STAT_GEOLOCATION, ip) instanceof Map<?, ?> place) {
            IfPresent ifPresent = params.mode == Mode.REPLACE ? IfPresent.REPLACE : IfPresent.KEEP;
            event.offer(Field.of(side + "geolocation.cc"), place.get("country"), ifPresent);
            event.offer(Field.of(side + "geolocation.latitude"), place.get("latitude"), ifPresent);
            event.offer(Field.of(side + "geolocation.longitude"), place.get("longitude"), ifPresent);
            event.offer(Field.of(side + "geolocation.city"), place.get("city"), ifPresent);
        }
        event.put(contactField, String.join(",", contacts));
    }

    private void addContacts(Set<String> contacts, boolean wanted, Query query, Object resource) throws IOException, InterruptedException {
        if (wanted && resource != null && ask(query, resource) instanceof List<?> found) {
            found.forEach(contact -> contacts.add(contact.toString()));
        }
    }

    /** Contacts as a list, a location as a map, or {@code null}; remembered either way, unless the reply cannot be understood. */
    private Object ask(Query query, Object resource) throws IOException, InterruptedException {
        String key = query.id + ':' + resource;
        String known = cache.get(key);
        if (known == null) {
            try {
                Object answer = fetch(query, resource);
                known = answer == null ? NONE : Json.write(answer);
            } catch (JsonException | NotUnderstood e) {
                context.log().warning("The reply of " + query.id + " for " + resource + " cannot be understood: " + e.getMessage());
                return null;
            }
            cache.put(key, known, params.cache.redisCacheTtl());
        }
        return known.equals(NONE) ? null : Json.parse(known);
    }

    private Object fetch(Query query, Object resource) throws IOException, InterruptedException, NotUnderstood {
        URI address = URI.create(query.address.formatted(resource));
        Reply reply = http.ask(http.request(address).GET().build());
        if (reply.status() == 404 && saysThereIsNone(reply)) {
            return null;
        }
        Object document = Json.parse(reply.checked().body());
        warnOfMaintenance(query, document);
        Object answer = document;
        for (Object step : query.answer) {
            answer = step(answer, step);
        }
        return switch (query) {
            case STAT_GEOLOCATION -> place(answer);
            case STAT -> finderContacts(answer);
            default -> contacts(answer);
        };
    }

    /** RIPEstat used to give contacts with names in {@code anti_abuse_contacts}; now it gives plain ones in {@code abuse_contacts}. */
    private static List<String> finderContacts(Object data) throws NotUnderstood {
        Object named = step(step(data, "anti_abuse_contacts"), "abuse_c");
        Object plain = step(data, "abuse_contacts");
        if (!(named instanceof List<?>) && !(plain instanceof List<?>)) {
            throw new NotUnderstood("it has neither abuse_contacts nor anti_abuse_contacts");
        }
        Set<String> contacts = new LinkedHashSet<>();
        addAll(step(step(named, 0), "email"), contacts);
        addAll(plain, contacts);
        return contacts.isEmpty() ? null : new ArrayList<>(contacts);
    }

    private static boolean saysThereIsNone(Reply reply) {
        return Json.parseOrNull(reply.utf8()) instanceof Map<?, ?> answer
                && String.valueOf(answer.get("message")).startsWith("No abuse contact found for ");
    }

    private void warnOfMaintenance(Query query, Object document) {
        Object status = step(document, "data_call_status");
        if (status instanceof String text && text.startsWith("maintenance") && underMaintenance.add(query)) {
            context.log().warning("The API call " + query.id + " is currently under maintenance. Response: '" + text
                    + "'. This warning is only given once per bot run.");
        }
    }

    private static Object step(Object value, Object step) {
        if (step instanceof Integer index) {
            return value instanceof List<?> list && index < list.size() ? list.get(index) : null;
        }
        return value instanceof Map<?, ?> map ? map.get(step) : null;
    }

    private static List<String> contacts(Object answer) {
        Set<String> contacts = new LinkedHashSet<>();
        addAll(answer, contacts);
        return contacts.isEmpty() ? null : new ArrayList<>(contacts);
    }

    /** Adds the mail addresses of a text with commas, or of a list of texts. */
    private static void addAll(Object found, Set<String> contacts) {
        for (Object each : found instanceof List<?> list ? list : Arrays.asList(String.valueOf(found).split(","))) {
            String address = MailAddress.of(each);
            if (address != null) {
                contacts.add(address);
            }
        }
    }

    private static Map<?, ?> place(Object answer) {
        if (!(answer instanceof Map<?, ?> place)) {
            return null;
        }
        if ("?".equals(place.get("country"))) {
            place.remove("country");
        }
        return place.isEmpty() ? null : place;
    }

    /** A reply in an unknown form, which is not an answer. */
    private static final class NotUnderstood extends Exception {

        private static final long serialVersionUID = 1L;

        NotUnderstood(String reason) {
            super(reason);
        }
    }
}
