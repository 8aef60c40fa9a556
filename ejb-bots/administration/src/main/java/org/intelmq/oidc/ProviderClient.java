package org.intelmq.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks the provider: no answer of more than {@value #LARGEST} bytes is taken, none is waited for longer than a limit in all, no
 * redirect is followed, and few are asked for at once, because strangers can make us ask. Thread-safe.
 */
final class ProviderClient implements HTTPRequestSender, ResourceRetriever {

    static final Duration LONGEST = Duration.ofSeconds(10);
    static final int LARGEST = 1 << 20;
    private static final int MOST_AT_ONCE = 4;

    private final HttpClient client;
    private final Duration longest;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    /** @param tls whom to believe; {@code null} for what the authorities that Java knows have signed */
    ProviderClient(SSLContext tls, Duration longest) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(longest)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
        this.longest = longest;
    }

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        HttpResponse<byte[]> answer = get(URI.create(address.toString()));
        return new Resource(new String(answer.body(), StandardCharsets.UTF_8), answer.headers().firstValue("Content-Type").orElse(null));
    }

    /** @throws IOException for anything but an answer with status 200, too */
    HttpResponse<byte[]> get(URI address) throws IOException {
        HttpResponse<byte[]> answer = exchange(HttpRequest.newBuilder(address).header("Accept", "application/json").build());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
        return answer;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        String body = asked.getBody();
        HttpRequest.Builder request = HttpRequest.newBuilder(asked.getURI()).method(asked.getMethod().name(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        asked.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        HttpResponse<byte[]> answer = exchange(request.build());
        HTTPResponse read = new HTTPResponse(answer.statusCode());
        answer.headers().map().forEach((name, values) -> read.setHeader(name, values.toArray(String[]::new)));
        read.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return read;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        String address = request.uri().toString();
        if (!free.tryAcquire()) {
            throw new IOException(address + " was not asked: " + MOST_AT_ONCE + " other requests are waiting for the provider");
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(LARGEST));
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(address + " did not answer within " + longest.toMillis() / 1000.0 + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(address + " cannot be asked: " + reason(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while waiting for " + address).initCause(e);
        } finally {
            answer.cancel(true);
            free.release();
        }
    }

    private static String reason(Throwable cause) {
        if (String.valueOf(cause.getMessage()).contains("received no bytes")) {
            return "the connection was closed without an answer";
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each.getMessage() != null) {
                return each.getMessage();
            }
        }
        return cause instanceof ConnectException ? "connection refused" : cause.getClass().getSimpleName();
    }
}
