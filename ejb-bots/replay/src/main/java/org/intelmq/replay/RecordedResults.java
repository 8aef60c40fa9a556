package org.intelmq.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** Compares the results of a case with what was recorded: messages, failures, files. */
public final class RecordedResults {

    private RecordedResults() { }

    /** Compares everything that a bot did: what it sent, what was set aside, its web requests, and its files. */
    public static void compare(Map<String, Object> record, BotCase running, int left, Comparison comparison) throws IOException {
        comparison.compare("output", record.get("output"), running.outbox().sent());
        List<Map<String, Object>> errors = Plain.list(record.get("error"));
        failures(errors, failed(running, errors.size(), record.get("input_unacknowledged")), comparison);
        comparison.compare("input_left", record.getOrDefault("input_left", 0L), (long) left);
        acts(record, running, comparison);
    }

    /** Without the inputs that wait in the queue until a service is back, as many as the recording says. */
    private static List<ReplayOutbox.Failure> failed(BotCase running, int recorded, Object unacknowledged) {
        List<ReplayOutbox.Failure> failed = new ArrayList<>(running.outbox().failures());
        long waiting = unacknowledged == null ? 0 : ((Number) unacknowledged).longValue();
        for (int i = failed.size() - 1; i >= 0 && waiting > 0 && failed.size() > recorded; i--) {
            if (failed.get(i).reason() instanceof UnavailableException) {
                failed.remove(i);
                waiting--;
            }
        }
        return failed;
    }

    /** Compares the bot's web requests and its files. */
    public static void acts(Map<String, Object> record, BotCase running, Comparison comparison) throws IOException {
        comparison.compare("http", running.services().http().recorded(), running.services().http().requested());
        files(record, running.folder(), comparison);
    }

    private static void failures(List<Map<String, Object>> expected, List<ReplayOutbox.Failure> got, Comparison comparison) {
        for (int i = 0; i < Math.max(expected.size(), got.size()); i++) {
            String place = "error[" + i + "]";
            if (i >= expected.size()) {
                comparison.report(place, Mismatch.NOTHING, Exceptions.describe(got.get(i).reason()));
                return;
            }
            String wanted = (String) expected.get(i).get("exception");
            if (i >= got.size()) {
                comparison.report(place, wanted + ": " + expected.get(i).get("exception_message"), Mismatch.NOTHING);
                return;
            }
            if (wanted.startsWith("intelmq.") || wanted.startsWith("org.intelmq.")) {
                Exceptions.compare(place + ".exception", wanted, got.get(i).reason(), comparison);
                compareDumped(place + ".message", expected.get(i).get("message"), got.get(i), comparison);
            }
        }
    }

    /** The dumped message. IntelMQ keeps some as the bytes of their JSON text, without a type; these are compared as a whole. */
    private static void compareDumped(String place, Object recorded, ReplayOutbox.Failure got, Comparison comparison) {
        Object message = dumped(recorded);
        Object ours = dumped(message, got);
        if (message == recorded || message.equals(ours)) {
            comparison.compare(place, message, ours);
        } else {
            comparison.report(place, message, ours);
        }
    }

    private static Object dumped(Object recorded) {
        boolean raw = recorded instanceof Map<?, ?> map && (map.containsKey("$raw_b64") || map.containsKey("$raw"));
        if (!raw && !(recorded instanceof Markers.Bytes)) {
            return recorded;
        }
        String text = recorded instanceof Markers.Bytes bytes ? new String(bytes.content(), StandardCharsets.UTF_8) : BotCase.text(recorded);
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }

    /** In the recorded form, which may lack the type. */
    private static Object dumped(Object expected, ReplayOutbox.Failure failure) {
        if (failure.message() == null && !(expected instanceof Map<?, ?>)) {
            return failure.undecoded();
        }
        Map<String, Object> fields = failure.message() != null ? Plain.message(failure.message())
                : new LinkedHashMap<>(Plain.map(failure.undecoded() == null ? null : Json.parse(failure.undecoded())));
        if (expected instanceof Map<?, ?> map && !map.containsKey("__type")) {
            fields.remove("__type");
        }
        return fields;
    }

    private static void files(Map<String, Object> record, CaseFolder folder, Comparison comparison) throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        Plain.map(record.get("written")).forEach((name, content) -> {
            // recordings hold empty files that only kept a folder from being empty
            if (!content.equals("") || !Path.of(name).endsWith("keep")) {
                expected.put(name, new Markers.Bytes(Base64.getDecoder().decode((String) content)));
            }
        });
        Map<String, Object> written = new TreeMap<>(folder.written());
        for (String entry : Plain.<String>list(record.get("nondeterministic"))) {
            if (entry.startsWith("written.") && entry.endsWith("/*")) {
                String prefix = entry.substring("written.".length(), entry.length() - 1);
                comparison.compare("contents of " + prefix, takeContents(prefix, expected), takeContents(prefix, written));
            }
        }
        comparison.compare("written", expected, written);
        comparison.compare("deleted", Plain.list(record.get("deleted")), folder.deleted());
    }

    /** For files whose names change with every run: removes them, and returns their contents, sorted. */
    private static List<Object> takeContents(String prefix, Map<String, Object> files) {
        List<Object> contents = new ArrayList<>();
        for (String name : List.copyOf(files.keySet())) {
            if (name.startsWith(prefix)) {
                contents.add(new String(((Markers.Bytes) files.remove(name)).content(), StandardCharsets.UTF_8));
            }
        }
        contents.sort(Comparator.comparing(Object::toString));
        return contents;
    }

    /** Recorded paths of fields that differed in a second run, as a test for our places. */
    public static Predicate<String> ignored(List<String> recorded) {
        List<String> entries = recorded.stream().map(entry -> entry.startsWith("input.[].") ? entry.substring("input.[].".length()) : entry).toList();
        return place -> {
            String plain = place.replaceAll("\\[\\d+]", "[]");
            for (String entry : entries) {
                if (place.equals(entry) || plain.equals(entry.replace(".[]", "[]"))
                        || plain.endsWith("." + entry) && plain.startsWith(entry.contains("#") ? "" : "output")
                        || entry.endsWith("#length") && plain.startsWith(entry.replace("#length", "["))) {
                    return true;
                }
            }
            return false;
        };
    }
}
