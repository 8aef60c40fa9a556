package org.intelmq.bots.parsers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.testing.ParserSample;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One bad row costs itself alone, whatever the parser: put between two rows, it changes nothing of the events before and after it. */
class BadRowInTheMiddleTest {

    private static final List<String> BAD_LINES = List.of("this is no row", "\"", "{\"odd\": [}", "\u0001\u0002|;,\t");
    private static final List<Object> BAD_ELEMENTS = Arrays.asList(null, 5L, "odd", List.of("odd"), Map.of("odd", Map.of()));

    /** Of the others no case has two rows that a line or an element could be put between: their reports are one document, or one row. */
    private static final int LEAST_PARSERS = 33;

    @TestFactory
    Stream<DynamicTest> costsItselfAlone() throws IOException, ReflectiveOperationException {
        return ParserSample.all().stream().map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
            List<String> events = parse(sample, sample.feed());
            for (String feed : spoilt(sample)) {
                List<String> missing = new ArrayList<>(events);
                parse(sample, feed.getBytes(StandardCharsets.UTF_8)).forEach(missing::remove);
                assertEquals(List.of(), missing, feed);
            }
        }));
    }

    @Test
    void almostAllParsersHaveSuchACase() throws Exception {
        Set<String> parsers = new TreeSet<>();
        for (ParserSample sample : ParserSample.all()) {
            if (!spoilt(sample).isEmpty()) {
                parsers.add(sample.type().module());
            }
        }
        assertTrue(parsers.size() >= LEAST_PARSERS, parsers.size() + ": " + parsers);
    }

    private static List<String> spoilt(ParserSample sample) throws Exception {
        String feed = new String(sample.feed(), StandardCharsets.UTF_8);
        try {
            return Json.parse(feed) instanceof List<?> elements ? withElement(elements) : List.of();
        } catch (JsonException e) {
            return withLine(feed, rowsIn(sample));
        }
    }

    private static List<String> withElement(List<?> elements) {
        List<String> feeds = new ArrayList<>();
        for (int i = 1; i < elements.size(); i++) {
            for (Object bad : BAD_ELEMENTS) {
                List<Object> changed = new ArrayList<>(elements);
                changed.add(i, bad);
                feeds.add(Json.writeAsRead(changed));
            }
        }
        return feeds;
    }

    /** @param rows the lines that have become events */
    private static List<String> withLine(String feed, Set<String> rows) {
        if (feed.stripLeading().startsWith("<")) {
            return List.of();
        }
        List<String> lines = List.of(feed.split("\n", -1));
        List<Integer> places = IntStream.range(0, lines.size()).filter(i -> rows.contains(lines.get(i).strip())).boxed().toList();
        List<String> feeds = new ArrayList<>();
        for (int place : places.isEmpty() ? places : places.subList(1, places.size())) {
            for (String bad : BAD_LINES) {
                List<String> changed = new ArrayList<>(lines);
                changed.add(place, bad);
                feeds.add(String.join("\n", changed));
            }
        }
        return feeds;
    }

    private static Set<String> rowsIn(ParserSample sample) throws Exception {
        Set<String> rows = new HashSet<>();
        for (Message event : sent(sample, sample.feed())) {
            String raw = event.text(Fields.RAW);
            if (raw != null) {
                String text = Base64Text.decode(raw).strip();
                rows.add(text.substring(text.lastIndexOf('\n') + 1).strip());
            }
        }
        rows.remove("");
        return rows;
    }

    private static List<String> parse(ParserSample sample, byte[] feed) throws Exception {
        return sent(sample, feed).stream().map(MessageJson::serialize).toList();
    }

    private static List<Message> sent(ParserSample sample, byte[] feed) throws Exception {
        return List.copyOf(sample.parse(feed).sent());
    }
}
