package org.intelmq.bots.experts.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.WebAddress;

/** Requests an address and records whether it is online. */
final class AddressCheck {

    private static final Field REASON = Field.of("extra.reason");

    /** From RFC 9110 and related RFCs; HTTP/2 replies have no reason phrase. */
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(423, "Locked"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(451, "Unavailable For Legal Reasons"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private final Http http;
    private final IfPresent ifPresent;

    /** @param text of the page if it was requested, otherwise {@code null} */
    record Page(int status, String text) {

        boolean isError() {
            return status >= 400;
        }

        String reason() {
            return REASONS.getOrDefault(status, "Status " + status);
        }
    }

    AddressCheck(Http http, boolean overwrite) {
        this.http = http;
        this.ifPresent = overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    /**
     * Records whether the address is online.
     *
     * @param address {@code null} for none
     * @param offline why a page counts as offline; {@code null} if it is online
     */
    void judge(Message event, String address, boolean withText, Function<Page, String> offline) throws InterruptedException {
        if (address == null) {
            return;
        }
        boolean isOnline = false;
        String reason;
        try {
            reason = offline.apply(look(address, withText));
            isOnline = reason == null;
        } catch (IOException e) {
            reason = e.getMessage();
        }
        event.add(Fields.STATUS, isOnline ? "online" : "offline", ifPresent);
        if (!isOnline) {
            event.add(REASON, reason);
        }
    }

    private Page look(String address, boolean withText) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = http.request(WebAddress.of(address)).GET().build();
        } catch (IllegalArgumentException e) {
            throw new IOException(address + " is not an address: " + e.getMessage(), e);
        }
        Reply reply = http.ask(request);
        return new Page(reply.status(), withText ? reply.text() : null);
    }
}
