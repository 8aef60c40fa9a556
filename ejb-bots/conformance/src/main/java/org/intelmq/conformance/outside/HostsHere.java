package org.intelmq.conformance.outside;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;

/** Reaches every host at a web server of ours, which is told the address that was meant. Thread-safe. */
final class HostsHere implements Http {

    /** Header with the address that was meant. */
    static final String MEANT = "X-Meant-Address";
    private static final String HERE = "127.0.0.1";

    private final Http real;
    private final int port;

    HostsHere(Http real, int port) {
        this.real = real;
        this.port = port;
    }

    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        return real.send(here(request));
    }

    @Override
    public Download download(HttpRequest request) throws IOException, InterruptedException {
        return real.download(here(request));
    }

    @Override
    public HttpResponse<InputStream> stream(HttpRequest request) throws IOException, InterruptedException {
        return real.stream(here(request));
    }

    @Override
    public HttpRequest.Builder request(URI address) {
        return real.request(address);
    }

    private HttpRequest here(HttpRequest request) {
        URI meant = request.uri();
        if (HERE.equals(meant.getHost())) {
            return request;
        }
        String path = meant.getRawPath().isEmpty() ? "/" : meant.getRawPath();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create("http://" + HERE + ':' + port + path + (meant.getRawQuery() == null ? "" : '?' + meant.getRawQuery())))
                .setHeader(MEANT, meant.toString()).build();
    }
}
