package org.intelmq.server.outside;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** Request Tracker as far as its collector goes: new tickets with a file each, until somebody gives them another status. */
public final class TicketDesk implements AutoCloseable {

    private static final String OK = "RT/4.4.4 200 Ok\n\n";
    private static final Pattern PATH = Pattern.compile("/REST/1.0/ticket/(\\d+)/(attachments|attachments/11|attachments/11/content|take|edit)");

    private final int number;
    private final IntFunction<String> text;
    private final Map<Integer, String> statuses = new ConcurrentHashMap<>();
    private final Arrivals marked = new Arrivals();
    private final StrictHttp http;

    /**
     * @param number of tickets
     * @param text   of a ticket's file
     */
    public TicketDesk(int number, IntFunction<String> text) throws IOException {
        this.number = number;
        this.text = text;
        http = new StrictHttp(this::answer);
    }

    public String url() {
        return http.url() + "REST/1.0";
    }

    /** Tickets that were taken or given a status. */
    public Arrivals marked() {
        return marked;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        if (request.path().equals("/REST/1.0/")) {
            request.exchange().getResponseHeaders().add("Set-Cookie", "RT_SID=1; path=/");
            return new Answer(200, OK);
        }
        request.requireHeader("Cookie", "RT_SID=1");
        if (request.path().equals("/REST/1.0/search/ticket")) {
            String query = URLDecoder.decode(request.query(), StandardCharsets.UTF_8);
            request.require(query.contains("(Status='new')"), "not for new tickets");
            return new Answer(200, OK + IntStream.range(1, number + 1).filter(each -> !statuses.containsKey(each)).mapToObj(TicketDesk::described)
                    .collect(Collectors.joining("\n\n--\n\n")));
        }
        Matcher path = PATH.matcher(request.path());
        request.require(path.matches(), "neither search nor ticket");
        int ticket = Integer.parseInt(path.group(1));
        return switch (path.group(2)) {
            case "attachments" -> new Answer(200, OK + "id: ticket/" + ticket + "/attachments\n\nAttachments: 11: rows.csv (text/csv / 1k)\n");
            case "attachments/11" -> new Answer(200, OK + "id: 11\nCreated: 2026-01-02 03:04:05\n\n");
            case "attachments/11/content" -> new Answer(200, OK + text.apply(ticket - 1));
            case "take" -> {
                marked.arrived("ticket " + ticket);
                marked.hold();
                yield new Answer(200, OK + "# Owner changed\n");
            }
            default -> {
                statuses.put(ticket, "open");
                yield new Answer(200, OK + "# Ticket updated.\n");
            }
        };
    }

    private static String described(int ticket) {
        return "id: ticket/" + ticket + "\nQueue: Incident Reports\nOwner: Nobody\nSubject: Report\nStatus: new\nRequestors: a@example.com\n"
                + "LastUpdated: Fri May 15 01:02:03 2026";
    }

    @Override
    public void close() {
        http.close();
    }
}
