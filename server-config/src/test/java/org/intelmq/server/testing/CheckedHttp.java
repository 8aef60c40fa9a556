package org.intelmq.server.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.intelmq.message.Json;

/** What a client sends goes through here: each answer is compared with the server's description, and what was asked is kept. */
public final class CheckedHttp extends HttpClient {

    private static final String EVENTS = "text/event-stream";
    private static final Pattern NEWS = Pattern.compile("event: (?!heartbeat)\\w+\ndata:");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServedDescription description;
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> done = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    public CheckedHttp(ServedDescription description) {
        this.description = description;
    }

    /** What was asked, as {@code get /api/v1/bots/{id}}. */
    public Set<String> asked() {
        return asked;
    }

    /** What was asked and not refused at least once. */
    public Set<String> done() {
        return done;
    }

    /** What answers had that is not described, or lacked that is. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(withPlainSlashes(request), HttpResponse.BodyHandlers.ofInputStream());
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "").strip();
        byte[] content;
        try (InputStream body = answer.body()) {
            content = type.equals(EVENTS) ? firstEvent(body) : body.readAllBytes();
        }
        check(request, answer.statusCode(), type, new String(content, StandardCharsets.UTF_8));
        @SuppressWarnings("unchecked")
        T handed = (T) new ByteArrayInputStream(content);
        return new Answer<>(answer.statusCode(), answer.request(), answer.headers(), handed, answer.uri(), answer.version());
    }

    private void check(HttpRequest request, int status, String type, String content) {
        String method = request.method().toLowerCase(Locale.ROOT);
        String path = description.path(method, withPlainSlashes(request).uri().getPath());
        String operation = method + " " + path;
        asked.add(operation);
        if (status / 100 == 2 || status == HttpURLConnection.HTTP_SEE_OTHER) {
            done.add(operation);
        }
        description.problems(path, method, status, type, content).forEach(problem -> problems.add(operation + " " + status + ": " + problem));
    }

    /** OpenAPI has no parameter that goes over several parts of a path, as names of rule files do, and the server takes no %2F. */
    private static HttpRequest withPlainSlashes(HttpRequest request) {
        String address = request.uri().toString();
        return address.contains("/api/v1/rules/")
                ? HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(address.replace("%2F", "/"))).build() : request;
    }

    /** As JSON, because the generated client waits for the end of a stream, and takes nothing else. */
    private static byte[] firstEvent(InputStream body) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        boolean isWhole = false;
        for (int next = body.read(); next >= 0; next = isWhole ? -1 : body.read()) {
            event.write(next);
            String told = event.toString(StandardCharsets.UTF_8);
            isWhole = told.endsWith("\n\n") && NEWS.matcher(told).find();
        }
        return Json.write(event.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private record Answer<T>(int statusCode, HttpRequest request, HttpHeaders headers, T body, URI uri, Version version) implements HttpResponse<T> {

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException("the client was generated to wait");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler,
                                                            HttpResponse.PushPromiseHandler<T> pushed) {
        throw new UnsupportedOperationException("the client was generated to wait");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }
}
