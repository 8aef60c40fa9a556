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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;

/** Answers requests with the recorded exchanges, in order, and keeps what was requested. */
final class ScriptedHttp {

    private final List<Map<String, Object>> requested = new ArrayList<>();
    private List<Map<String, Object>> exchanges = List.of();
    private Consumer<String> unserved;

    /** @param whenNone told of requests when none at all are recorded */
    void begin(List<Map<String, Object>> recorded, Consumer<String> whenNone) {
        requested.clear();
        exchanges = recorded;
        unserved = whenNone;
    }

    /** Method and address of each exchange, as recorded. */
    List<Object> recorded() {
        return exchanges.stream().<Object>map(exchange -> request(exchange.get("method"), exchange.get("url"))).toList();
    }

    List<Object> requested() {
        return List.copyOf(requested);
    }

    Http under(HttpParams params) {
        return new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
                return answer(request);
            }

            @Override
            public HttpRequest.Builder request(URI address) {
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

    private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
        if (exchanges.isEmpty()) {
            String missing = request.method() + " " + request.uri() + " is not recorded";
            unserved.accept(missing);
            throw new IOException(missing);
        }
        int next = requested.size();
        requested.add(request(request.method(), request.uri().toString()));
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
