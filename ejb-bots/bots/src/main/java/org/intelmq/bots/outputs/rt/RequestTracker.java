package org.intelmq.bots.outputs.rt;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.UnavailableException;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.FormText;
import org.intelmq.text.net.MaskedUrl;

/**
 * Request Tracker's REST interface 1.0: https://rt-wiki.bestpractical.com/wiki/REST. An answer has a line with its own status, a blank line,
 * and lines that say in words what was done.
 */
final class RequestTracker {

    private static final Pattern CREATED = Pattern.compile("^# Ticket ([0-9]+) created\\.$", Pattern.MULTILINE);
    private static final Pattern UPDATED = Pattern.compile("^# Ticket [0-9]+ updated\\.$", Pattern.MULTILINE);
    private static final Pattern LINKED = Pattern.compile(" Created link ");

    /** With these, nothing was done, and the cause is the server or the user's permissions. */
    private static final Set<Integer> LATER = Set.of(401, 403, 429, 503);

    /** Request Tracker has understood the request, but has not carried it out. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final ServiceAddress address;
    private final String user;
    private final String password;
    private final Http http;

    RequestTracker(String address, String user, String password, Http http) {
        this.address = ServiceAddress.of("rt_uri", address);
        this.user = user;
        this.password = password;
        this.http = http;
    }

    /** @throws UnavailableException if it cannot be reached or does not let us in; nothing has been done then */
    Session login() throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("user", user);
        form.put("pass", password);
        Reply reply;
        try {
            reply = http.ask(post("", form).build());
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        if (reply.status() != 200 || status(reply.utf8()) != 200) {
            throw new UnavailableException("Request Tracker at " + MaskedUrl.in(address.root()) + " does not let user '" + user + "' log in: status "
                    + reply.status() + ", " + shortened(reply.utf8()) + ". Check rt_user and rt_password.");
        }
        return new Session(reply.headers().allValues("Set-Cookie").stream().map(cookie -> cookie.split(";", 2)[0]).collect(Collectors.joining("; ")));
    }

    private HttpRequest.Builder post(String path, Map<String, String> form) {
        return http.request(address.at(path)).setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(FormText.of(form.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue())).toArray(String[]::new))));
    }

    /** From {@code RT/4.4.4 200 Ok}; 0 if there is none. */
    private static int status(String answer) {
        String[] words = answer.lines().findFirst().orElse("").split(" ");
        return words.length > 1 && words[1].matches("[0-9]{3}") ? Integer.parseInt(words[1]) : 0;
    }

    private static String shortened(String answer) {
        String line = answer.strip().replaceAll("\\s*\\R\\s*", " / ");
        return line.length() <= 300 ? '"' + line + '"' : '"' + line.substring(0, 300) + "…\"";
    }

    /** Names and values, one per line; further lines of a value begin with a blank, so that none is taken as a name. */
    static String content(Map<String, String> ticket) {
        StringBuilder content = new StringBuilder();
        ticket.forEach((name, value) -> {
            content.append(content.isEmpty() ? "" : "\n").append(name).append(": ");
            StringBuilder lines = new StringBuilder();
            Whitespace.forEachLine(value, line -> lines.append("\n ").append(line));
            content.append(lines.isEmpty() ? "" : lines.substring(2));
        });
        return content.toString();
    }

    /** What a logged-in user can do. */
    final class Session {

        private final String cookies;
        private String lastAnswer = "";

        private Session(String cookies) {
            this.cookies = cookies;
        }

        /** The last answer, for error messages. */
        String lastAnswer() {
            return shortened(lastAnswer);
        }

        /** Returns the number of the ticket. */
        String create(Map<String, String> ticket) throws IOException, InterruptedException {
            Matcher created = CREATED.matcher(ask("ticket/new", Map.of("content", content(ticket))));
            if (!created.find()) {
                throw new RefusedException("Request Tracker did not create a ticket in queue '" + ticket.get("Queue") + "': " + lastAnswer());
            }
            return created.group(1);
        }

        boolean setStatus(String ticket, String status) throws IOException, InterruptedException {
            String answer = ask("ticket/" + ticket + "/edit", Map.of("content", content(Map.of("Status", status))));
            // what is so already is not told
            return answer.isEmpty() || UPDATED.matcher(answer).find();
        }

        boolean makeMember(String ticket, String of) throws IOException, InterruptedException {
            Map<String, String> link = new LinkedHashMap<>();
            link.put("rel", "memberof");
            link.put("to", of);
            link.put("id", ticket);
            link.put("del", "0");
            return LINKED.matcher(ask("ticket/link", link)).find();
        }

        private String ask(String path, Map<String, String> form) throws IOException, InterruptedException {
            HttpRequest.Builder request = post(path, form);
            if (!cookies.isEmpty()) {
                request.setHeader("Cookie", cookies);
            }
            Reply reply = http.ask(request.build());
            lastAnswer = reply.utf8();
            if (reply.status() != 200 || !lastAnswer.isEmpty() && status(lastAnswer) != 200) {
                String refusal = "POST " + MaskedUrl.in(address.at(path)) + " was refused: status " + reply.status() + ", " + lastAnswer();
                if (LATER.contains(reply.status()) || LATER.contains(status(lastAnswer))) {
                    throw new UnavailableException(refusal + ". Check what user '" + user + "' may do if this persists.");
                }
                throw reply.status() == 200 && status(lastAnswer) != 0 || reply.status() / 100 == 4 ? new RefusedException(refusal) : new IOException(refusal);
            }
            return lastAnswer;
        }
    }
}
