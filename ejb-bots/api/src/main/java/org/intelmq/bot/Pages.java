package org.intelmq.bot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.Set;
import org.intelmq.text.net.MaskedUrl;

/**
 * An answer that a web service splits into pages, each naming the next one. Only pages of the first server are requested, because the headers
 * with their keys are meant for that server, and no page is requested twice.
 */
public final class Pages {

    private static final int MOST = 10_000;

    /** Takes a page and returns the address of the next, absolute or relative to this one; {@code null} if it is the last. */
    @FunctionalInterface
    public interface Page {
        String next(Reply page) throws IOException;
    }

    private Pages() { }

    /** @throws StatusException if a page is refused */
    public static void read(Http http, HttpRequest first, Page page) throws IOException, InterruptedException {
        Set<URI> seen = new HashSet<>();
        HttpRequest request = first;
        while (request != null) {
            if (!seen.add(request.uri()) || seen.size() > MOST) {
                throw new IOException("GET " + MaskedUrl.in(first.uri()) + " has no end: page " + seen.size() + " was " + MaskedUrl.in(request.uri()));
            }
            String next = page.next(http.ask(request).checked());
            request = next == null || next.isEmpty() ? null : HttpRequest.newBuilder(request, (name, value) -> true).uri(next(request.uri(), next)).build();
        }
    }

    /** Some servers do not know that they are reached over TLS, and give their pages' addresses accordingly. */
    private static URI next(URI here, String next) throws IOException {
        URI address;
        try {
            address = here.resolve(next.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new IOException("the page behind " + MaskedUrl.in(here) + " is at \"" + MaskedUrl.in(next) + "\", which is not an address", e);
        }
        if (here.getScheme().equalsIgnoreCase("https") && "http".equalsIgnoreCase(address.getScheme()) && address.getPort() < 0) {
            address = URI.create("https" + address.toString().substring("http".length()));
        }
        if (!isSameServer(here, address)) {
            throw new IOException("the page behind " + MaskedUrl.in(here) + " is at " + MaskedUrl.in(address) + ": expected one of the same server");
        }
        return address;
    }

    /** Whether what is meant for one address, such as a key, may be sent to the other. */
    public static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost() != null && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }
}
