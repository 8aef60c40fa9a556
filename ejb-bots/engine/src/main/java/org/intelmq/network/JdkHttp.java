package org.intelmq.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.text.net.MaskedUrl;

/**
 * {@link Http} over the JDK's client. An attempt is given up when the time limit has passed and the average is below 10 kB a second, and for
 * good when twenty times the limit has passed and it is below 1 MB a second. So neither silence nor a trickle holds up a bot, and a large
 * reply that keeps flowing is waited for. Replies are read whole before they are handed out, and connections that are idle for 15 seconds are
 * closed. Thread-safe.
 */
public final class JdkHttp implements Http {

    /** A quarter of the available memory, at most 1 GiB. */
    public static final long LARGEST_REPLY = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

    /** The limit for a reply that goes into a file: a server that sends without end must not fill the disk. */
    private static final long LARGEST_DOWNLOAD = 2L << 30;
    private static final int MOST_REDIRECTS = 30;
    private static final long SLOWEST_BYTES_A_SECOND = 10_000;
    private static final long SLOWEST_IN_THE_END = 100 * SLOWEST_BYTES_A_SECOND;
    private static final int MOST_TIME_LIMITS = 20;

    static {
        setUnlessSet("jdk.httpclient.keepalive.timeout", "15");
        // the user and password of a proxy are passed on deliberately
        setUnlessSet("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private final HttpClient client;
    private final Proxies proxies;
    private final HttpParams params;
    private final long largestReply;
    private final ReplyMemory memory;

    public JdkHttp(HttpParams params) {
        this(params, LARGEST_REPLY);
    }

    JdkHttp(HttpParams params, long largestReply) {
        this(params, largestReply, ReplyMemory.SHARED);
    }

    JdkHttp(HttpParams params, long largestReply, ReplyMemory memory) {
        this.params = params;
        this.largestReply = largestReply;
        this.memory = memory;
        // if the JDK offers HTTP/2 over plain http, servers such as uvicorn lose the body of a POST
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(params.httpTimeoutSec())
                .followRedirects(HttpClient.Redirect.NEVER).sslContext(Certificates.context(params));
        this.proxies = new Proxies(proxy("http_proxy", params.httpProxy()), proxy("https_proxy", params.httpsProxy()));
        if (proxies.isConfigured()) {
            builder.proxy(proxies);
        }
        this.client = builder.build();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).setHeader("Accept", "*/*").setHeader("Accept-Encoding", "gzip, deflate");
        if (params.httpUserAgent() != null) {
            request.setHeader("User-Agent", params.httpUserAgent());
        }
        params.httpHeader().forEach((name, value) -> setHeader(request, name, String.valueOf(value)));
        String user = credentials(address);
        if (user != null) {
            request.setHeader("Authorization", basic(user));
        }
        return request;
    }

    /** @param user with a colon and the password behind */
    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** The error does not contain the value, because it may be a key. */
    private static void setHeader(HttpRequest.Builder request, String name, String value) {
        try {
            request.setHeader(name, value.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'http_header' is not valid for '" + name
                    + "': expected a header's name that may be set, and a value on one line");
        }
    }

    /** User and password separated by a colon: the configured ones, else those in the address; {@code null} for none. */
    private String credentials(URI address) {
        if (params.httpUsername() != null && !params.httpUsername().isEmpty()) {
            return params.httpUsername() + ':' + (params.httpPassword() == null ? "" : params.httpPassword());
        }
        String user = address.getUserInfo();
        return user == null || user.isEmpty() ? null : user.contains(":") ? user : user + ':';
    }

    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, () -> new WholeBody(MaskedUrl.in(request.uri()), largestReply, memory));
    }

    @Override
    public Download download(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<ReplyFile> reply = send(request, () -> new FileBody(LARGEST_DOWNLOAD));
        return new Download(reply.uri(), reply.statusCode(), reply.headers(), reply.body(), reply.body());
    }

    @Override
    public HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return send(request, () -> new FlowingBody(params.httpTimeoutSec()));
    }

    @Override
    public WebSocket webSocket(URI address, WebSocket.Listener listener) throws IOException, InterruptedException {
        WebSocket.Builder opening = client.newWebSocketBuilder().connectTimeout(params.httpTimeoutSec());
        // an HTTP request cannot have a web socket's address, only that of the HTTP resource
        URI page = URI.create("http" + address.toString().substring("ws".length()));
        request(page).build().headers().map().forEach((name, values) -> values.forEach(value -> opening.header(name, value)));
        String toProxy = proxies.credentials(page);
        if (toProxy != null) {
            opening.header("Proxy-Authorization", toProxy);
        }
        CompletableFuture<WebSocket> opened = opening.buildAsync(address, listener);
        try {
            return opened.get(params.httpTimeoutSec().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            opened.thenAccept(WebSocket::abort);
            Throwable cause = e instanceof TimeoutException ? new HttpTimeoutException("no answer within " + seconds(params.httpTimeoutSec())) : e.getCause();
            IOException reason = cause instanceof IOException already ? already : new IOException(cause);
            throw new IOException(MaskedUrl.in(address) + " cannot be reached" + proxies.told(address) + ": " + reason(reason), reason);
        }
    }

    private <T extends Closeable> HttpResponse<T> send(HttpRequest request, Supplier<ReceivedBody<T>> bodies) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return sendOnce(request, bodies);
            } catch (IOException e) {
                if (attempt >= params.httpTimeoutMaxTries() || !isWorthAnotherTry(request, e)) {
                    throw new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " failed"
                            + (attempt > 1 ? " after " + attempt + " tries" : "") + proxies.told(request.uri()) + ": " + reason(e), e);
                }
            }
        }
    }

    /** A request that may already have taken effect is not sent again. */
    private static boolean isWorthAnotherTry(HttpRequest request, IOException e) {
        return !(e instanceof FinalException)
                && (isSafe(request.method()) || e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static String reason(IOException e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each.getMessage() != null) {
                return each.getMessage();
            }
        }
        return e instanceof ConnectException ? "connection refused" : e.getClass().getSimpleName();
    }

    private <T extends Closeable> HttpResponse<T> sendOnce(HttpRequest first, Supplier<ReceivedBody<T>> bodies) throws IOException, InterruptedException {
        HttpRequest request = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<T> reply = exchange(request, bodies.get());
            String location = isRedirect(reply.statusCode()) ? reply.headers().firstValue("Location").orElse(null) : null;
            if (location == null) {
                return reply;
            }
            reply.body().close();
            request = redirected(request, reply.statusCode(), location);
        }
        throw new FinalException("more than " + MOST_REDIRECTS + " redirects");
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static HttpRequest redirected(HttpRequest request, int status, String location) throws IOException {
        URI target;
        try {
            target = request.uri().resolve(location.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new FinalException("redirect to \"" + MaskedUrl.in(location) + "\", which is not an address");
        }
        if (!"http".equalsIgnoreCase(target.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())) {
            throw new FinalException("redirect to \"" + MaskedUrl.in(location) + "\": expected http or https");
        }
        if (target.getHost() == null) {
            throw new FinalException("redirect to \"" + MaskedUrl.in(location) + "\": expected an address with a host");
        }
        boolean stranger = isStranger(request.uri(), target);
        boolean asGet = status == 303 && !request.method().equals("HEAD")
                || status <= 302 && request.method().equals("POST");
        HttpRequest.Builder next = HttpRequest.newBuilder(request, (name, value) -> !(stranger && isCredential(name)) && !(asGet && isOfBody(name)))
                .uri(target);
        return (asGet ? next.GET() : next).build();
    }

    /** Whether this is another server, or the same one without the encryption of the first request. */
    private static boolean isStranger(URI asked, URI target) {
        boolean loosensEncryption = asked.getScheme().equalsIgnoreCase("https") && !target.getScheme().equalsIgnoreCase("https");
        return loosensEncryption || !target.getHost().equalsIgnoreCase(asked.getHost()) || target.getPort() != asked.getPort();
    }

    private static boolean isOfBody(String header) {
        return header.regionMatches(true, 0, "content-", 0, "content-".length());
    }

    private static boolean isCredential(String header) {
        return header.equalsIgnoreCase("cookie") || MaskedUrl.isSecret(header);
    }

    private <T extends Closeable> HttpResponse<T> exchange(HttpRequest request, ReceivedBody<T> body) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> reply = client.sendAsync(proxies.authorized(request), body);
        Duration limit = params.httpTimeoutSec();
        long before = 0;
        boolean isTaken = false;
        try {
            for (int limits = 1; ; limits++) {
                try {
                    HttpResponse<T> whole = reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                    isTaken = true;
                    return whole;
                } catch (TimeoutException e) {
                    if (body.received() - before < Math.max(1, SLOWEST_BYTES_A_SECOND * limit.toMillis() / 1000)) {
                        throw new HttpTimeoutException(body.received() == 0 ? "no reply within " + seconds(limit)
                                : "reply not complete after " + seconds(limit) + ", " + body.received() + " bytes received");
                    }
                    if (limits >= MOST_TIME_LIMITS && body.received() - before < SLOWEST_IN_THE_END * limit.toMillis() / 1000) {
                        throw new FinalException("reply not complete after " + seconds(limit.multipliedBy(limits)) + ", " + limits
                                + " times http_timeout_sec, " + body.received() + " bytes received: raise http_timeout_sec to wait longer");
                    }
                    before = body.received();
                }
            }
        } catch (ExecutionException e) {
            HttpResponse<T> begun = body.begun(request);
            if (begun != null) {
                isTaken = true;
                return begun;
            }
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            reply.cancel(true);
            if (!isTaken) {
                body.abandon();
            }
        }
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    private static URI proxy(String parameter, String address) {
        if (address == null || address.isEmpty()) {
            return null;
        }
        URI proxy;
        try {
            proxy = URI.create(address.contains("://") ? address : "http://" + address);
        } catch (IllegalArgumentException e) {
            proxy = null;
        }
        if (proxy == null || proxy.getHost() == null) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + MaskedUrl.in(address)
                    + "\": expected an address such as http://proxy.example:3128");
        }
        return proxy;
    }

    private static final class Proxies extends ProxySelector {

        private final Map<String, URI> byScheme;

        Proxies(URI http, URI https) {
            this.byScheme = http == null ? https == null ? Map.of() : Map.of("https", https)
                    : https == null ? Map.of("http", http) : Map.of("http", http, "https", https);
        }

        boolean isConfigured() {
            return !byScheme.isEmpty();
        }

        /** Returns {@code null} if there is none. */
        private URI proxyFor(URI address) {
            String scheme = address.getScheme().toLowerCase(Locale.ROOT);
            return byScheme.get(scheme.equals("ws") ? "http" : scheme.equals("wss") ? "https" : scheme);
        }

        @Override
        public List<Proxy> select(URI address) {
            URI proxy = proxyFor(address);
            return List.of(proxy == null ? Proxy.NO_PROXY
                    : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 3128 : proxy.getPort())));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException e) { }

        /** For messages: what fails may be the proxy. */
        String told(URI address) {
            URI proxy = proxyFor(address);
            return proxy == null ? "" : " through the proxy " + MaskedUrl.in(proxy);
        }

        /** What the proxy for the address wants to see; {@code null} if there is none, or it lets everybody pass. */
        String credentials(URI address) {
            URI proxy = proxyFor(address);
            String user = proxy == null ? null : proxy.getUserInfo();
            return user == null ? null : basic(user.contains(":") ? user : user + ':');
        }

        /** The JDK's own way, an authenticator, would make it leave out the header in which a service wants to see a token. */
        HttpRequest authorized(HttpRequest request) {
            String credentials = credentials(request.uri());
            return credentials == null ? request
                    : HttpRequest.newBuilder(request, (name, value) -> true).setHeader("Proxy-Authorization", credentials).build();
        }
    }
}
