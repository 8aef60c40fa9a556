package org.intelmq.bots.experts.rdap;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;

/** Protocol: RFC 9083. The servers of top-level domains are listed at https://data.iana.org/rdap/dns.json. */
public final class RdapExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Roles whose address is used, in order of preference.", byDefault = "abuse, technical, administrative, registrant, registrar")
            List<String> rdapOrder,
            @Param(value = "Map of domain suffixes to their RDAP servers: an address, or a map of url and auth (type: jwt, token).", byDefault = "",
                    example = "at: https://rdap.example/v1/")
            Map<String, Object> rdapBootstrappedServers,
            @Param(value = "Whether an existing contact is replaced.", byDefault = "true")
            boolean overwrite,
            @Defaults({"redis_cache_db: 8", "redis_cache_ttl: 86400"})
            CacheParams cache,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.rdap.expert", "RDAP",
            "Adds the abuse contact of source.fqdn's domain, as its registry returns it over RDAP.", Params.class, RdapExpert::new).waiting();

    private static final URI BOOTSTRAP = URI.create("https://data.iana.org/rdap/dns.json");

    /** Registries use various statuses for a bad request when they refuse names that are not theirs. */
    private static final Set<Integer> NO_SUCH_DOMAIN = Set.of(400, 404, 410, 422);

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
                event.offer(Fields.SOURCE_ABUSE_CONTACT, contact, ifPresent);
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
        if (suffix == null || suffix.equals(fqdn)) {
            return null;
        }
        String rest = fqdn.substring(0, fqdn.length() - suffix.length() - 1);
        String domain = rest.substring(rest.lastIndexOf('.') + 1) + '.' + suffix;
        String contact = ask(suffix, domain);
        if (contact != null) {
            cache.put(key, contact, params.cache.redisCacheTtl());
        }
        return contact;
    }

    /** The longest suffix with a server; the list of top-level domains is fetched if no configured suffix matches. */
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
        Object directory = Json.parse(new String(http.get(BOOTSTRAP), StandardCharsets.UTF_8));
        if (!(directory instanceof Map<?, ?> map && map.get("services") instanceof List<?> services)) {
            throw new IOException(BOOTSTRAP + " contains no list of services");
        }
        for (Object service : services) {
            if (service instanceof List<?> pair && pair.size() > 1 && pair.get(0) instanceof List<?> suffixes
                    && pair.get(1) instanceof List<?> addresses && !addresses.isEmpty()) {
                suffixes.forEach(suffix -> servers.putIfAbsent(suffix.toString(), new Server(addresses.get(0).toString(), null)));
            }
        }
        bootstrapped = true;
    }

    /** Returns {@code null} if the registry knows no contact. */
    private String ask(String suffix, String domain) throws IOException, InterruptedException {
        Server server = servers.get(suffix);
        String path = (server.url.endsWith("/") ? "domain/" : "/domain/") + URLEncoder.encode(domain, StandardCharsets.UTF_8);
        URI address = URI.create(server.url + path);
        HttpRequest.Builder request = http.request(address).GET();
        if (server.auth != null) {
            if (!"jwt".equals(server.auth.get("type"))) {
                throw new IllegalArgumentException("parameter 'rdap_bootstrapped_servers': the auth type of " + suffix + " is \""
                        + server.auth.get("type") + "\", expected jwt");
            }
            if (server.auth.get("token") instanceof String token && !token.isEmpty()) {
                request.setHeader("Authorization", "Bearer " + token);
            }
        }
        Reply reply = http.ask(request.build());
        if (NO_SUCH_DOMAIN.contains(reply.status())) {
            return null;
        }
        try {
            return new DomainContacts(Json.parse(reply.checked().body()), domain, context.log()).first(params.rdapOrder);
        } catch (JsonException e) {
            context.log().warning("GET " + address + " answered with invalid JSON: " + e.getMessage());
            return null;
        }
    }
}
