package org.intelmq.server.outside;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/**
 * GitHub, Shadowserver's reports, a TAXII 2.1 server, files that mails link to and {@link IndicatorServices} on one port: each offers the
 * same things at every poll, as they do.
 */
public final class PolledServices implements AutoCloseable {

    private final int number;
    private final BiFunction<String, Integer, String> text;
    private final Arrivals fetched = new Arrivals();
    private final IndicatorServices others;
    private final StrictHttp http;

    /**
     * @param number of things that each of them offers
     * @param text   of one, by the service's name and its number
     * @param tls    of the server
     */
    public PolledServices(int number, BiFunction<String, Integer, String> text, SSLContext tls) throws IOException {
        this.number = number;
        this.text = text;
        this.others = new IndicatorServices(number, text, fetched);
        http = new StrictHttp(this::answer, tls);
    }

    public int port() {
        return http.port();
    }

    /** Files, pages and the like that were fetched. */
    public Arrivals fetched() {
        return fetched;
    }

    /** Nobody is held up any more. */
    public void open() {
        fetched.open();
        others.open();
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        String host = request.exchange().getRequestHeaders().getFirst("Host");
        return switch (host) {
            case "api.github.com" -> github(request);
            case "files.example" -> file(request, "github");
            case "transform.shadowserver.org" -> reports(request);
            case "dl.shadowserver.org" -> file(request, "shadow");
            case "taxii.example" -> taxii(request);
            case "links.example" -> file(request, "url");
            default -> others.answer(host, request);
        };
    }

    private String all(IntFunction<String> each) {
        return IntStream.range(0, number).mapToObj(each).collect(Collectors.joining(",", "[", "]"));
    }

    private Answer github(Request request) {
        request.require(request.path().equals("/repos/owner/name/contents"), "not the repository");
        request.requireHeader("Authorization", "Bearer token");
        return new Answer(200, all(each -> """
                {"type": "file", "name": "%1$d.csv", "path": "%1$d.csv", "download_url": "https://files.example/%1$d"}""".formatted(each)));
    }

    private Answer reports(Request request) {
        request.require(request.method().equals("POST") && request.path().equals("/api2/reports/list"), "not the list");
        request.require(request.exchange().getRequestHeaders().getFirst("HMAC2").matches("[0-9a-f]{64}"), "not signed");
        return new Answer(200, all(each -> """
                {"id": "%1$d", "type": "rows", "file": "rows-%1$d.csv"}""".formatted(each)));
    }

    private Answer file(Request request, String service) {
        request.require(request.exchange().getRequestHeaders().getFirst("Authorization") == null, "the token is not for this host");
        fetched.arrived(service + request.path());
        fetched.hold();
        return new Answer(200, text.apply(service, Integer.parseInt(request.path().substring(1))));
    }

    private Answer taxii(Request request) {
        request.requireHeader("Accept", "application/taxii+json;version=2.1");
        request.exchange().getResponseHeaders().add("Content-Type", "application/taxii+json;version=2.1");
        if (request.path().equals("/collection/")) {
            return new Answer(200, "{\"title\": \"Indicators\", \"can_read\": true}");
        }
        request.require(request.path().equals("/collection/objects/") && request.query().contains("added_after="), "neither collection nor objects");
        return new Answer(200, "{\"objects\": " + all(each -> text.apply("taxii", each)) + "}");
    }

    @Override
    public void close() {
        http.close();
    }
}
