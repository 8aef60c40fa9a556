package org.intelmq.bots.parsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.intelmq.bot.Bot;
import org.intelmq.bot.Outbox;
import org.intelmq.bots.QuietLog;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.testing.MessagesForPeople;
import org.intelmq.testing.ParserSample;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a row, what is said of it is meant for a person: which part it is, what it holds, what was expected. */
class ErrorMessagesTest {

    private static final List<Object> ODD = Arrays.asList(null, 5L, "n", "", true, List.of(), List.of("n"), Map.of(), Map.of("n", "n"));
    private static final int MOST_PLACES = 120;

    private final Map<String, String> problems = new TreeMap<>();

    @Test
    void areForPeople() throws Exception {
        try (QuietLog quiet = new QuietLog()) {
            for (ParserSample sample : ParserSample.all()) {
                for (String feed : spoilt(new String(sample.feed(), StandardCharsets.UTF_8))) {
                    parse(sample, sample.report(feed.getBytes(StandardCharsets.UTF_8)));
                }
                Report anonymous = sample.report(sample.feed());
                anonymous.remove(Fields.FEED_URL);
                parse(sample, anonymous);
            }
        }
        assertEquals("", String.join("\n", problems.values()));
    }

    private void parse(ParserSample sample, Report report) throws Exception {
        try (Bot<Report> bot = sample.bot()) {
            bot.process(report, new Outbox() {
                @Override
                public void send(String path, Message message) { }

                @Override
                public void sendIfRouted(String path, Message message) { }

                @Override
                public void reject(Report part, Exception reason) {
                    check(sample, reason);
                }

                @Override
                public void afterCommit(Runnable action) { }
            });
        } catch (Exception e) {
            check(sample, e);
        }
    }

    private void check(ParserSample sample, Exception reason) {
        String message = reason.getMessage();
        if (MessagesForPeople.isForProgrammers(message)) {
            String place = Arrays.stream(reason.getStackTrace()).filter(frame -> frame.getClassName().startsWith("org.intelmq.")).findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber()).orElse("?");
            problems.putIfAbsent(sample.type().module() + place, sample + " at " + place + ": " + reason.getClass().getSimpleName() + ": " + message);
        }
    }

    private static Set<String> spoilt(String feed) {
        Set<String> feeds = new LinkedHashSet<>();
        List<String> lines = List.of(feed.split("\n"));
        try {
            spoil(Json.parse(feed), feeds, "", "");
        } catch (JsonException e) {
            for (int i = 0; i < Math.min(lines.size(), 12); i++) {
                spoilLine(lines, i, feeds);
            }
        }
        feeds.addAll(List.of("", "{", "[", "null", "5", "\"n\"", "[null]", "[[]]", "{}", "[5]", "<", "n"));
        return feeds;
    }

    private static void spoilLine(List<String> lines, int number, Set<String> feeds) {
        String before = String.join("\n", lines.subList(0, number)) + (number == 0 ? "" : "\n");
        String after = "\n" + String.join("\n", lines.subList(number + 1, lines.size()));
        try {
            spoil(Json.parse(lines.get(number)), feeds, before, after);
            return;
        } catch (JsonException e) {
            // a line of text
        }
        for (String separator : List.of(",", ";", "|", "\t", " ")) {
            List<String> cells = List.of(lines.get(number).split(Pattern.quote(separator), -1));
            for (int i = 0; i < Math.min(cells.size(), 40); i++) {
                for (String odd : List.of("", "n", "-1", "\"", "[", "99999999999999999999", "2026-13-45")) {
                    List<String> changed = new ArrayList<>(cells);
                    changed.set(i, odd);
                    feeds.add(before + String.join(separator, changed) + after);
                }
                feeds.add(before + String.join(separator, cells.subList(0, i)) + after);
            }
        }
    }

    private static void spoil(Object document, Set<String> feeds, String before, String after) {
        List<List<Object>> places = new ArrayList<>();
        places(document, List.of(), places);
        for (List<Object> place : places.subList(0, Math.min(places.size(), MOST_PLACES))) {
            for (Object odd : ODD) {
                feeds.add(before + Json.write(changed(document, place, 0, odd)) + after);
            }
            if (place.get(place.size() - 1) instanceof String) {
                feeds.add(before + Json.write(changed(document, place, 0, REMOVED)) + after);
            }
        }
    }

    private static final Object REMOVED = new Object();

    private static void places(Object value, List<Object> at, List<List<Object>> places) {
        if (!at.isEmpty()) {
            places.add(at);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> places(item, with(at, name), places));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            places(list.get(0), with(at, 0), places);
        }
    }

    private static List<Object> with(List<Object> at, Object next) {
        List<Object> longer = new ArrayList<>(at);
        longer.add(next);
        return longer;
    }

    private static Object changed(Object value, List<Object> place, int depth, Object odd) {
        if (depth == place.size()) {
            return odd;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            Object item = changed(map.get(place.get(depth)), place, depth + 1, odd);
            if (item == REMOVED) {
                copy.remove(place.get(depth));
            } else {
                copy.put(place.get(depth), item);
            }
            return copy;
        }
        List<Object> copy = new ArrayList<>((List<?>) value);
        copy.set((Integer) place.get(depth), changed(copy.get((Integer) place.get(depth)), place, depth + 1, odd));
        return copy;
    }
}
