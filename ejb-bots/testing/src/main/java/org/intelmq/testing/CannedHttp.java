package org.intelmq.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import org.intelmq.bot.Http;

/** Answers requests with what a test has put at their addresses, and keeps what was asked. */
public final class CannedHttp implements Http {

    /** A request as it came. */
    public record Asked(HttpRequest request, byte[] body) { }

    private final Map<String, Reply> replies = new HashMap<>();
    private final Map<String, List<String>> turns = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private byte[] anywhere;
    private int times;

    public CannedHttp at(String address, int status, byte[] body, String... headers) {
        replies.put(address, reply(address, status, body, headers));
        return this;
    }

    private static Reply reply(String address, int status, byte[] body, String... headers) {
        Map<String, List<String>> named = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], List.of(headers[i + 1]));
        }
        return new Reply(HttpRequest.newBuilder(URI.create(address)).build(), status, HttpHeaders.of(named, (name, value) -> true), body);
    }

    /** Answers one request after the other with these texts, the last one forever. */
    public CannedHttp inTurn(String address, String... bodies) {
        turns.put(address, new ArrayList<>(List.of(bodies)));
        return this;
    }

    /** Answers with this JSON at all other addresses, at most so many times. */
    public CannedHttp anywhere(String json, int mostTimes) {
        anywhere = json.getBytes(StandardCharsets.UTF_8);
        times = mostTimes;
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    /** An address with nothing at it cannot be connected to. */
    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        asked.add(new Asked(request, request.bodyPublisher().map(CannedHttp::bytes).orElse(new byte[0])));
        List<String> turn = turns.get(request.uri().toString());
        if (turn != null) {
            at(request.uri().toString(), 200, (turn.size() > 1 ? turn.remove(0) : turn.get(0)).getBytes(StandardCharsets.UTF_8));
        }
        Reply reply = replies.get(request.uri().toString());
        if (reply == null && times-- > 0) {
            reply = reply(request.uri().toString(), 200, anywhere, "Content-Type", "application/json");
        }
        if (reply == null) {
            throw new ConnectException(request.uri() + ": connection refused");
        }
        return new Reply(request, reply.statusCode(), reply.headers(), reply.content());
    }

    @Override
    public HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address);
    }

    private static byte[] bytes(HttpRequest.BodyPublisher publisher) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                byte[] content = new byte[part.remaining()];
                part.get(content);
                bytes.writeBytes(content);
            }

            @Override
            public void onError(Throwable error) {
                throw new IllegalStateException(error);
            }

            @Override
            public void onComplete() { }
        });
        return bytes.toByteArray();
    }

    private record Reply(HttpRequest request, int statusCode, HttpHeaders headers, byte[] content) implements HttpResponse<InputStream> {

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Optional<HttpResponse<InputStream>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(content);
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
