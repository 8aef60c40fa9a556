package org.intelmq.bots.outputs.mcafee;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;

/** A watchlist of an ESM, over the first version of its REST interface, which all have. Logs in when necessary. */
final class Watchlist {

    private static final String LISTS = "sysGetWatchlists?hidden=false&dynamic=false&writeOnly=false&indexedOnly=false";
    private static final int MOST_SHOWN = 200;

    private record Session(String cookies, String token) { }

    private record Answer(int status, String text) {

        boolean isDone() {
            return status / 100 == 2;
        }

        boolean isRefused() {
            return status == 401 || status == 403;
        }

        @Override
        public String toString() {
            return "status " + status + ": " + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text);
        }
    }

    private final EsmIpOutput.Params params;
    private final URI address;
    private final Http http;
    private final Logger log;
    private Session session;
    private Object id;

    Watchlist(EsmIpOutput.Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http());
        this.log = context.log();
        try {
            address = URI.create("https://" + params.esmIp() + "/rs/esm/");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'esm_ip' cannot be \"" + params.esmIp() + "\": expected an address or name of a host", e);
        }
    }

    /** @throws UnavailableException if it cannot be reached, or does not let us in */
    void add(List<String> values) throws IOException, InterruptedException {
        if (id == null) {
            id = find();
        }
        Answer answer = ask("sysAddWatchlistValues", Map.of("watchlist", Map.of("value", id), "values", Json.write(values)));
        if (!answer.isDone()) {
            throw new IOException("watchlist '" + params.esmWatchlist() + "' of the ESM " + params.esmIp() + " refused " + values + ", " + answer);
        }
        log.fine(() -> values.size() + " values are on the watchlist.");
    }

    private Object find() throws IOException, InterruptedException {
        Answer answer = ask(LISTS, Map.of("filters", List.of(Map.of("name", "IPAddress", "id", 0))));
        Object content = Json.parseOrNull(answer.text());
        Object lists = content instanceof Map<?, ?> map && map.get("return") != null ? map.get("return") : content;
        if (!answer.isDone() || !(lists instanceof List<?> all)) {
            throw new IOException("the ESM " + params.esmIp() + " does not list its watchlists, " + answer);
        }
        List<Object> names = new ArrayList<>();
        for (Object each : all) {
            if (each instanceof Map<?, ?> list) {
                names.add(list.get("name"));
                if (params.esmWatchlist().equals(list.get("name"))) {
                    Object found = list.get("id") instanceof Map<?, ?> boxed ? boxed.get("value") : list.get("id");
                    if (found instanceof Number || found instanceof String) {
                        return found;
                    }
                    throw new IOException("the ESM " + params.esmIp() + " lists the watchlist '" + params.esmWatchlist() + "' with the id " + list.get("id")
                            + ": expected a number or a text");
                }
            }
        }
        throw new ConfigurationException("parameter 'esm_watchlist' cannot be \"" + params.esmWatchlist() + "\": the ESM " + params.esmIp()
                + " has the watchlists of IP addresses " + names);
    }

    /** A session may have ended since it was last used. */
    private Answer ask(String method, Object content) throws InterruptedException {
        boolean fresh = session == null;
        if (fresh) {
            login();
        }
        Answer answer = post(method, content);
        if (answer.isRefused() && !fresh) {
            login();
            answer = post(method, content);
        }
        if (answer.isRefused()) {
            session = null;
            throw new UnavailableException("the ESM " + params.esmIp() + " does not let user '" + params.esmUser() + "' do " + method.split("\\?")[0]
                    + ", " + answer);
        }
        return answer;
    }

    private void login() throws InterruptedException {
        session = null;
        HttpRequest request = http.request(address.resolve("login")).setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.write(
                Map.of("username", base64(params.esmUser()), "password", base64(params.esmPassword()), "locale", "en_US", "os", "Win32")))).build();
        HttpResponse<InputStream> reply;
        Answer answer;
        try {
            reply = http.send(request);
            answer = read(reply);
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        if (!answer.isDone()) {
            throw new UnavailableException("the ESM " + params.esmIp() + " does not let user '" + params.esmUser()
                    + "' log in: check esm_user and esm_password, " + answer);
        }
        String cookies = reply.headers().allValues("Set-Cookie").stream().map(cookie -> cookie.split(";", 2)[0]).collect(Collectors.joining("; "));
        session = new Session(cookies, reply.headers().firstValue("Xsrf-Token").orElse(""));
    }

    private Answer post(String method, Object content) throws InterruptedException {
        Answer answer;
        try {
            answer = read(http.send(inSession(method).setHeader("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.write(content))).build()));
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        if (answer.status() == 429 || answer.status() >= 500) {
            throw new UnavailableException("the ESM " + params.esmIp() + " cannot do " + method.split("\\?")[0] + " now, " + answer);
        }
        return answer;
    }

    private HttpRequest.Builder inSession(String method) {
        return http.request(address.resolve(method)).setHeader("Cookie", session.cookies()).setHeader("X-Xsrf-Token", session.token());
    }

    private static Answer read(HttpResponse<InputStream> reply) throws IOException {
        try (InputStream body = reply.body()) {
            return new Answer(reply.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The ESM limits a user's sessions. */
    void logout() throws InterruptedException {
        if (session != null) {
            try {
                read(http.send(inSession("logout").DELETE().build()));
            } catch (IOException e) {
                log.log(Level.FINE, "The session at the ESM will expire.", e);
            }
            session = null;
        }
    }
}
