package org.intelmq.bots.experts.rdap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.State;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Message;

/** Protocol: RFC 9083. The servers of top-level domains are listed at https://data.iana.org/rdap/dns.json. */
public final class RdapExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Roles whose address is taken, the most wanted first.", byDefault = "abuse, technical, administrative, registrant, registrar")
            List<String> rdapOrder,
            @Param(value = "Domain suffix to its RDAP server: an address, or a map of url and auth (type: jwt, token).", byDefault = "",
                    example = "at: https://rdap.example/v1/")
            Map<String, Object> rdapBootstrappedServers,
            @Param(value = "Whether a present contact is replaced.", byDefault = "true")
            boolean overwrite,
            @Defaults({"redis_cache_db: 8", "redis_cache_ttl: 86400"})
            CacheParams cache,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.rdap.expert", "RDAP",
            "Adds the abuse contact of source.fqdn's domain, as its registry tells it by RDAP.", Params.class, RdapExpert::new).waiting();

    private static final URI BOOTSTRAP = URI.create("https://data.iana.org/rdap/dns.json");

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final State cache;
    private final IfPresent ifPresent;
    private final Map<String, Server> servers = new HashMap<>();
    private boolean bootstrapped;

    private record Server(String url, Map<?, ?> auth) {

        static Server of(Object configured) {
            return configured instanceof Map<?, ?> map ? new Server(String.valueOf(map.get("url")), (Map<?, ?>) map.get("auth"))
                    : new Server(configured.toString(), null);
        }
    }

    RdapExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.cache = context.state(params.cache);
        this.ifPresent = params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
        params.rdapBootstrappedServers.forEach((suffix, server) -> servers.put(suffix, Server.of(server)));
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        String fqdn = event.text(Fields.SOURCE_FQDN);
        if (fqdn != null) {
            String contact = contact(fqdn);
            if (contact != null) {
                event.add(Fields.SOURCE_ABUSE_CONTACT, contact, ifPresent);
            }
        }
        out.send(event);
    }

    private String contact(String fqdn) throws IOException, InterruptedException {
        String key = "rdap_" + fqdn;
        String known = cache.get(key);
        if (known != null) {
            return known;
        }
        String suffix = suffix(fqdn);
        if (suffix == null) {
            return null;
        }
        String rest = fqdn.replace('.' + suffix, "");
        String domain = rest.substring(rest.lastIndexOf('.') + 1) + '.' + suffix;
        String contact = firstByRole(emails(suffix, domain));
        if (contact != null) {
            cache.put(key, contact, params.cache.redisCacheTtl());
        }
        return contact;
    }

    /** The longest suffix with a server; the list of top-level domains is fetched when no configured one fits. */
    private String suffix(String fqdn) throws IOException, InterruptedException {
        String suffix = knownSuffix(fqdn);
        if (suffix == null && !bootstrapped) {
            bootstrap();
            suffix = knownSuffix(fqdn);
        }
        return suffix;
    }

    private String knownSuffix(String fqdn) {
        for (String suffix = fqdn; ; suffix = suffix.substring(suffix.indexOf('.') + 1)) {
            if (servers.containsKey(suffix)) {
                return suffix;
            }
            if (suffix.indexOf('.') < 0) {
                return null;
            }
        }
    }

    private void bootstrap() throws IOException, InterruptedException {
        Map<?, ?> directory = (Map<?, ?>) Json.parse(new String(http.get(BOOTSTRAP), StandardCharsets.UTF_8));
        for (Object service : (List<?>) directory.get("services")) {
            List<?> suffixes = (List<?>) ((List<?>) service).get(0);
            List<?> addresses = (List<?>) ((List<?>) service).get(1);
            suffixes.forEach(suffix -> servers.putIfAbsent(suffix.toString(), new Server(addresses.get(0).toString(), null)));
        }
        bootstrapped = true;
    }

    private Map<String, String> emails(String suffix, String domain) throws IOException, InterruptedException {
        Server server = servers.get(suffix);
        URI address = URI.create(server.url + "domain/" + domain);
        HttpRequest.Builder request = http.request(address).GET();
        if (server.auth != null) {
            if (!"jwt".equals(server.auth.get("type"))) {
                throw new IllegalArgumentException("parameter 'rdap_bootstrapped_servers': the auth type of " + suffix + " is \""
                        + server.auth.get("type") + "\", expected jwt");
            }
            request.setHeader("Authorization", "Bearer " + server.auth.get("token"));
        }
        HttpResponse<InputStream> reply = http.send(request.build());
        try (InputStream body = reply.body()) {
            if (reply.statusCode() == 404) {
                return Map.of();
            }
            if (reply.statusCode() / 100 != 2) {
                throw new IOException("GET " + address + " answered with status " + reply.statusCode() + ", expected 200 or 404");
            }
            Map<?, ?> document = (Map<?, ?>) Json.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, String> emails = new HashMap<>();
            collect(list(document, "entities"), domain, true, emails);
            return emails;
        }
    }

    private void collect(List<?> entities, String domain, boolean withSubentities, Map<String, String> emails) {
        for (Object item : entities) {
            if (!(item instanceof Map<?, ?> entity)) {
                context.log().warning("Invalid entity " + item + " in the response for domain '" + domain + "' found.");
                continue;
            }
            List<?> roles = list(entity, "roles");
            if (withSubentities && roles.contains("removed")) {
                continue;
            }
            if (withSubentities && !roles.isEmpty()) {
                collect(list(entity, "entities"), domain, false, emails);
            }
            if (entity.get("vcardArray") instanceof List<?> card) {
                roles.forEach(role -> emails.put(role.toString(), email(card)));
            }
        }
    }

    private static List<?> list(Map<?, ?> object, String name) {
        return object.get(name) instanceof List<?> list ? list : List.of();
    }

    /** A jCard is the word vcard and a list of properties: name, parameters, type, value. */
    private static String email(List<?> card) {
        for (Object properties : card) {
            if (properties instanceof List<?> list) {
                for (Object property : list) {
                    if (property instanceof List<?> parts && parts.size() > 3 && "email".equals(parts.get(0))) {
                        return parts.get(3).toString();
                    }
                }
            }
        }
        return null;
    }

    private String firstByRole(Map<String, String> emails) {
        return params.rdapOrder.stream().map(emails::get).filter(email -> email != null).findFirst().orElse(null);
    }
}
