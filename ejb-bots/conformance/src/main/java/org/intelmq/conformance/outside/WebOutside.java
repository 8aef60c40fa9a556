package org.intelmq.conformance.outside;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.intelmq.bot.Http;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Plain;

/** A web server that answers as the case says, and what it was asked. */
final class WebOutside implements Outside {

    /** {@code http} in {@code given} and {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("http"), Set.of("http"), WebOutside::start);

    /** How what IntelMQ sends when no other is configured begins, and what its libraries send; ours says who we are. */
    private static final Pattern DEFAULT_AGENT = Pattern.compile("(?:Mozilla/5\\.0|python-requests/|elasticsearch-py/|PyMISP |OTX Python SDK/).*|");
    /** What the original's libraries ask before they do what they are told, by their agent. */
    private static final Map<Pattern, Pattern> AT_THE_START = Map.of(
            Pattern.compile("elasticsearch-py/.*"), Pattern.compile("[a-z]+://[^/]+/"),
            Pattern.compile("PyMISP .*"),
            Pattern.compile("[a-z]+://[^/]+/(?:servers/get(?:PyMISP)?Version|users/view/me|attributes/describeTypes)(?:\\.json)?"));
    /** Says which libraries were at work. */
    private static final Set<String> OF_THE_LIBRARY = Set.of("x-elastic-client-meta");

    private final WebStub web;

    private WebOutside(WebStub web) {
        this.web = web;
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        return new WebOutside(new WebStub(Plain.list(Plain.map(record.get("given")).get("http"))));
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) web.port());
    }

    @Override
    public Http web(Http real) {
        return new HostsHere(real, web.port());
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        List<Map<String, Object>> recorded = new ArrayList<>(Plain.list(Plain.map(record.get("sent")).get("http")));
        recorded.removeIf(WebOutside::isOfTheStart);
        List<Object> requests = web.requests();
        List<Object> expected = new ArrayList<>();
        List<Object> got = new ArrayList<>();
        for (int i = 0; i < Math.max(recorded.size(), requests.size()); i++) {
            boolean anyAgent = i < recorded.size() && DEFAULT_AGENT.matcher(agent(recorded.get(i))).matches();
            if (i < requests.size()) {
                got.add(comparable(Plain.map(requests.get(i)), anyAgent));
            }
            if (i < recorded.size()) {
                Object wanted = comparable(recorded.get(i), anyAgent);
                expected.add(i < got.size() ? Placeholders.filled(wanted, got.get(i)) : wanted);
            }
        }
        if (!expected.equals(got) && sorted(expected).equals(sorted(got))) {
            comparison.report("sent.http (order)", texts(expected), texts(got));
        } else {
            comparison.compare("sent.http", expected, got);
        }
    }

    private static List<String> texts(List<Object> requests) {
        return requests.stream().map(WebOutside::text).toList();
    }

    private static String text(Object request) {
        Map<String, Object> told = new TreeMap<>(Plain.map(request));
        told.replaceAll((name, value) -> Mismatch.text(value));
        return told.toString();
    }

    private static List<String> sorted(List<Object> requests) {
        return texts(requests).stream().sorted().toList();
    }

    private static boolean isOfTheStart(Map<String, Object> request) {
        return request.get("method").equals("GET") && AT_THE_START.entrySet().stream().anyMatch(each -> each.getKey().matcher(agent(request)).matches()
                && each.getValue().matcher((String) request.get("url")).matches());
    }

    private static String agent(Map<String, Object> request) {
        return Plain.map(request.get("headers")).getOrDefault("user-agent", "").toString();
    }

    /** Headers in any order, and the body as what it stands for. */
    private static Map<String, Object> comparable(Map<String, Object> request, boolean anyAgent) {
        Map<String, Object> comparable = new LinkedHashMap<>(request);
        Map<String, Object> headers = new TreeMap<>(Plain.map(request.get("headers")));
        headers.keySet().removeAll(OF_THE_LIBRARY);
        if (anyAgent) {
            headers.remove("user-agent");
        }
        comparable.put("headers", headers);
        comparable.put("body", body(request.get("body")));
        return comparable;
    }

    private static Object body(Object content) {
        if (!(content instanceof String text)) {
            return content;
        }
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text.contains("=") ? form(text) : text;
        }
    }

    private static Map<String, Object> form(String text) {
        Map<String, Object> form = new LinkedHashMap<>();
        for (String entry : text.split("&")) {
            String[] parts = entry.split("=", 2);
            List<Object> values = new ArrayList<>(Plain.list(form.get(decoded(parts[0]))));
            values.add(parts.length > 1 ? decoded(parts[1]) : "");
            form.put(decoded(parts[0]), values);
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public void close() throws IOException {
        web.close();
    }
}
