package org.intelmq.bots.collectors.rt;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.text.net.FormText;

/** A session with Request Tracker's REST 1.0, https://docs.bestpractical.com/rt/latest/REST.html#REST-1.0. Created for one poll; not thread-safe. */
final class RtClient {

    /** @param name the sender's name for the file */
    record Attachment(String id, String name) { }

    /** The first line of Request Tracker's answer has a status other than 200. */
    static final class Refusal extends IOException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    private static final Pattern STATUS = Pattern.compile("RT/\\S+ (\\d{3})(.*)");
    private static final Pattern ATTACHMENT = Pattern.compile("[^0-9]*(\\d+): (.+) \\((.+) / (.+)\\),?");

    private final Http http;
    private final ServiceAddress root;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    RtClient(Http http, ServiceAddress root) {
        this.http = http;
        this.root = root;
    }

    /** @throws IOException if the login is refused */
    void login(String user, String password) throws IOException, InterruptedException {
        try {
            post("", "user", user, "pass", password);
        } catch (Refusal e) {
            throw new IOException("user or password is wrong: " + e.getMessage(), e);
        }
    }

    /** In the order of their creation. */
    List<RtForm> search(String query) throws IOException, InterruptedException {
        String answer = get("search/ticket?" + FormText.of("query", query, "orderby", "Created", "format", "l"));
        return RtForm.parseAll(answer).stream().filter(ticket -> ticket.get("id") != null).toList();
    }

    RtForm ticket(long ticket) throws IOException, InterruptedException {
        return RtForm.parse(get("ticket/" + ticket + "/show"));
    }

    /** The first transaction of the ticket. */
    RtForm beginning(long ticket) throws IOException, InterruptedException {
        List<RtForm> history = RtForm.parseAll(get("ticket/" + ticket + "/history?format=l"));
        return history.stream().filter(item -> item.get("Content") != null).findFirst()
                .orElseThrow(() -> new IOException("ticket " + ticket + " has no history"));
    }

    List<Attachment> attachments(long ticket) throws IOException, InterruptedException {
        List<Attachment> attachments = new ArrayList<>();
        String listed = RtForm.parse(get("ticket/" + ticket + "/attachments")).values().getOrDefault("Attachments", "");
        for (String line : listed.split("\n")) {
            Matcher attachment = ATTACHMENT.matcher(line);
            if (attachment.matches()) {
                attachments.add(new Attachment(attachment.group(1), attachment.group(2)));
            }
        }
        return attachments;
    }

    RtForm attachment(long ticket, String id) throws IOException, InterruptedException {
        return RtForm.parse(get("ticket/" + ticket + "/attachments/" + id));
    }

    /** Everything after the status and an empty line. */
    byte[] content(long ticket, String id) throws IOException, InterruptedException {
        Reply reply = ask(http.request(root.at("ticket/" + ticket + "/attachments/" + id + "/content")).GET());
        byte[] body = reply.body();
        int start = 0;
        while (start < body.length && body[start] != '\n') {
            start++;
        }
        return Arrays.copyOfRange(body, Math.min(start + 2, body.length), body.length);
    }

    void take(long ticket) throws IOException, InterruptedException {
        post("ticket/" + ticket + "/take", "content", "Ticket: " + ticket + "\nAction: take");
    }

    void setStatus(long ticket, String status) throws IOException, InterruptedException {
        post("ticket/" + ticket + "/edit", "content", "status: " + status);
    }

    private String get(String path) throws IOException, InterruptedException {
        return withoutStatus(ask(http.request(root.at(path)).GET()).utf8());
    }

    private void post(String path, String... form) throws IOException, InterruptedException {
        ask(http.request(root.at(path)).setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(FormText.of(form))));
    }

    private static String withoutStatus(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1);
    }

    private Reply ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.setHeader("Cookie", String.join("; ", cookies.values()));
        }
        Reply reply = http.ask(request.build()).checked();
        reply.headers().allValues("Set-Cookie").forEach(this::keep);
        byte[] body = reply.body();
        String beginning = new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(beginning.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw reply.unexpected("an answer of REST 1.0, which begins with RT/, a version and a status");
        }
        if (!status.group(1).equals("200")) {
            throw new Refusal("Request Tracker answered with " + status.group(1) + status.group(2) + ": " + withoutStatus(beginning).strip());
        }
        return reply;
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0].strip();
        cookies.put(pair.split("=", 2)[0], pair);
    }
}
