package org.intelmq.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.lend.Network;
import org.intelmq.text.net.MaskedUrl;

/** Answers requests with the recorded exchanges, in order, and keeps what was requested; while recording, requests what is missing. */
public final class ScriptedHttp {

    /** Headers that depend on the connection, or are secret. */
    private static final Set<String> PASSING_HEADERS = Set.of("content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie");

    private final Network network;
    private final List<Map<String, Object>> requested = new ArrayList<>();
    private final List<Map<String, Object>> exchanges = new ArrayList<>();
    private Consumer<String> unserved;

    /** @param network answers what is not recorded, which is then recorded; {@code null} for none */
    ScriptedHttp(Network network) {
        this.network = network;
    }

    /** @param whenNone told of requests if none at all are recorded */
    void begin(List<Map<String, Object>> recorded, Consumer<String> whenNone) {
        requested.clear();
        exchanges.clear();
        exchanges.addAll(recorded);
        unserved = whenNone;
    }

    /** Method and address of each exchange, as recorded. */
    public List<Object> recorded() {
        return exchanges.stream().<Object>map(exchange -> request(exchange.get("method"), exchange.get("url"))).toList();
    }

    public List<Object> requested() {
        return List.copyOf(requested);
    }

    /** Including what the network answered. */
    List<Map<String, Object>> exchanges() {
        return List.copyOf(exchanges);
    }

    Http under(HttpParams params) {
        Http real = network == null ? null : network.http(params);
        return new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
                return answer(request, real);
            }

            @Override
            public HttpRequest.Builder request(URI address) {
                if (real != null) {
                    return real.request(address);
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(address).setHeader("User-Agent", params.httpUserAgent());
                params.httpHeader().forEach((name, value) -> request.setHeader(name, String.valueOf(value)));
                if (params.httpUsername() != null) {
                    String credentials = params.httpUsername() + ":" + params.httpPassword();
                    request.setHeader("Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
                }
                return request;
            }
        };
    }

    private HttpResponse<InputStream> answer(HttpRequest request, Http real) throws IOException, InterruptedException {
        if (real != null && requested.size() >= exchanges.size()) {
            exchanges.add(asked(real, request));
        }
        if (exchanges.isEmpty()) {
            String missing = request.method() + " " + request.uri() + " is not recorded";
            unserved.accept(missing);
            throw new IOException(missing);
        }
        int next = requested.size();
        String address = request.uri().toString();
        boolean masked = next < exchanges.size() && MaskedUrl.in(address).equals(exchanges.get(next).get("url"));
        requested.add(request(request.method(), masked ? MaskedUrl.in(address) : address));
        if (next >= exchanges.size()) {
            throw new IOException(request.method() + " " + request.uri() + ": not recorded, there were " + exchanges.size() + " exchanges");
        }
        Map<String, Object> exchange = exchanges.get(next);
        if (exchange.get("raises") != null) {
            throw new IOException(request.uri() + ": " + exchange.get("raises"));
        }
        return new Reply(request, ((Number) exchange.get("status")).intValue(), headers(exchange.get("headers")),
                Base64.getDecoder().decode((String) exchange.getOrDefault("body_base64", "")));
    }

    /** Makes the request, and returns the exchange in its recorded form: without passwords and keys in the address. */
    private static Map<String, Object> asked(Http real, HttpRequest request) throws InterruptedException {
        Map<String, Object> exchange = request(request.method(), MaskedUrl.in(request.uri()));
        try {
            HttpResponse<InputStream> reply = real.send(request);
            try (InputStream body = reply.body()) {
                exchange.put("status", (long) reply.statusCode());
                Map<String, Object> headers = new TreeMap<>();
                reply.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
                headers.keySet().removeIf(name -> PASSING_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
                exchange.put("headers", headers);
                exchange.put("body_base64", Base64.getEncoder().encodeToString(body.readAllBytes()));
            }
        } catch (IOException e) {
            exchange.put("raises", e.getMessage());
        }
        return exchange;
    }

    private static Map<String, Object> request(Object method, Object address) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", method);
        request.put("url", address);
        return request;
    }

    private static HttpHeaders headers(Object recorded) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (recorded instanceof Map<?, ?> map) {
            map.forEach((name, value) -> headers.put(name.toString(), List.of(String.valueOf(value))));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private record Reply(HttpRequest request, int statusCode, HttpHeaders headers, byte[] content) implements HttpResponse<InputStream> {

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Optional<HttpResponse<InputStream>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
