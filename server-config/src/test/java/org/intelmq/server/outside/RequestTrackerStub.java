package org.intelmq.server.outside;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** Request Tracker as far as its output goes: lets in who knows the password, opens tickets, and closes them. */
public final class RequestTrackerStub implements AutoCloseable {

    public static final String USER = "api";
    public static final String PASSWORD = "secret";

    private final Pattern name;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Arrivals tickets = new Arrivals();
    private final StrictHttp http;

    /** @param name finds an event's name in the test in the text of its ticket, as the first group */
    public RequestTrackerStub(Pattern name) throws IOException {
        this.name = name;
        http = new StrictHttp(this::answer);
    }

    public String url() {
        return http.url() + "REST/1.0";
    }

    public Arrivals tickets() {
        return tickets;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        request.require(request.method().equals("POST"), "not a POST");
        request.requireHeader("Content-Type", "application/x-www-form-urlencoded");
        String form = URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
        if (request.path().equals("/REST/1.0/")) {
            request.require(form.equals("user=" + USER + "&pass=" + PASSWORD), "nobody is let in so");
            request.exchange().getResponseHeaders().add("Set-Cookie", "RT_SID=1; path=/");
            return new Answer(200, "RT/4.4.4 200 Ok\n\n");
        }
        request.requireHeader("Cookie", "RT_SID=1");
        if (request.path().equals("/REST/1.0/ticket/new")) {
            Matcher found = name.matcher(form);
            request.require(form.startsWith("content=") && found.find(), "the ticket is of no event");
            tickets.arrived(found.group(1));
            tickets.hold();
            return new Answer(200, "RT/4.4.4 200 Ok\n\n# Ticket " + numbers.incrementAndGet() + " created.\n");
        }
        request.require(request.path().matches("/REST/1.0/ticket/\\d+/edit"), "neither log-in, new nor edit");
        return new Answer(200, "RT/4.4.4 200 Ok\n\n# Ticket 1 updated.\n");
    }

    @Override
    public void close() {
        http.close();
    }
}
