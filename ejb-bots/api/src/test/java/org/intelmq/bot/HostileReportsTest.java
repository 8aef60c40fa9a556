package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.message.MessageHash;
import org.intelmq.message.MessageJson;
import org.intelmq.text.html.Markup;
import org.intelmq.text.html.TagSoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed sends becomes no more than memory, stack and time can bear. */
@Timeout(60)
class HostileReportsTest {

    /** Of empty objects, as many as would take a good quarter of the memory. */
    private static final int EMPTY_OBJECTS = (int) (Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4) / 70);
    private static final int MILLION = 1_000_000;

    private static String list(String element, int count) {
        return "[" + (element + ",").repeat(count - 1) + element + "]";
    }

    private static List<Object> rows(String text) {
        List<Object> rows = new ArrayList<>();
        new JsonRows().split(text, row -> rows.add(row.content().value()));
        return rows;
    }

    @Test
    void jsonIsLimitedByWhatItBecomes() {
        String text = list("{}", EMPTY_OBJECTS);
        assertTrue(assertThrows(JsonException.class, () -> Json.parse(text)).getMessage().contains("MiB of memory, a quarter of the total"));
    }

    @Test
    void longListsAreReadElementByElement() {
        assertEquals(List.of(), rows(list("{}", EMPTY_OBJECTS)));
        assertEquals(2_000_000, rows(list("1", 2_000_000)).size());
    }

    @Test
    void nothingIsGivenOutOfALongListThatIsNoJson() {
        List<Object> rows = new ArrayList<>();
        for (String end : new String[] {"", "}", "]]", ",]", "]x"}) {
            String text = list("{\"a\": 1}", 200_000);
            String broken = text.substring(0, text.length() - 1) + end;
            assertThrows(JsonException.class, () -> new JsonRows().split(broken, row -> rows.add(row)), end);
        }
        assertThrows(JsonException.class, () -> new JsonRows().split(list("1", MILLION).replace("]", ", " + "9".repeat(5000) + "]"), row -> rows.add(row)));
        assertEquals(List.of(), rows);
    }

    @Test
    void longAndShortListsGiveTheSameRows() {
        String elements = "{\"a\": [1, 2.5, {\"b\": null}], \"c\": \"\\u00fc\\ud800\"}, [], {}, 0, \"\", \"x\", [[]], true, NaN, -9999999999999999999";
        List<Object> few = rows("[" + elements + "]");
        List<Object> many = rows(list(elements, 20_000));
        assertEquals(20_000 * few.size(), many.size());
        assertEquals(few, many.subList(0, few.size()));
        assertEquals(few, many.subList(many.size() - few.size(), many.size()));
    }

    @Test
    void reportThatIsOneTextIsNoListOfMillionsOfTexts() {
        assertEquals(MILLION, JsonObject.elements("x".repeat(MILLION)).size());
        assertEquals(List.of("\ud83d\ude00", "a"), new ArrayList<>(JsonObject.elements("\ud83d\ude00a")));
    }

    @Test
    void webPagesAndXmlAreLimitedByWhatTheyBecome() {
        String page = "<a>".repeat(EMPTY_OBJECTS);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TagSoup.parse(page)).getMessage().contains("a quarter of the total"));
        assertThrows(IllegalArgumentException.class, () -> Markup.checkSize(page));
    }

    static Stream<String> deepest() {
        return Stream.of("[".repeat(890) + "]".repeat(890), "{\"a\":".repeat(890) + "1" + "}".repeat(890));
    }

    /** On a thread with half of the stack that the server gives its own. */
    @ParameterizedTest
    @MethodSource("deepest")
    void deepestJsonThatIsTakenCanBeWorkedWith(String text) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread small = new Thread(null, () -> {
            Event event = new Event(Harmonization.standard());
            event.put("extra.value", Json.parse(text));
            Message read = MessageJson.parse(MessageJson.serialize(event.copy()), Harmonization.standard(), "Event");
            assertEquals(event, read);
            assertEquals(MessageHash.ofAll(event), MessageHash.ofAll(read));
            assertFalse(MessageJson.toJson(event, true, true).isEmpty());
        }, "small", 512 << 10);
        small.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        small.start();
        small.join();
        assertEquals(List.of(), thrown);
    }

    @Test
    void deeperJsonIsRefused() {
        assertThrows(JsonException.class, () -> Json.parse("[".repeat(MILLION)));
        assertThrows(JsonException.class, () -> Json.parse("{\"a\":".repeat(MILLION)));
        assertThrows(JsonException.class, () -> MessageJson.parse("{\"extra.a\":" + "[".repeat(MILLION), Harmonization.standard(), "Event"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.port", "source.asn", "source.ip", "feed.accuracy", "time.source", "source.network", "extra", "source.fqdn"})
    void numbersOfAMillionDigitsTakeNoTime(String field) {
        Event event = new Event(Harmonization.standard());
        event.offer(field, "9".repeat(MILLION));
        assertNull(event.get(field));
    }

    @Test
    void numbersOfAMillionDigitsInJsonAreRefused() {
        assertThrows(JsonException.class, () -> Json.parse("9".repeat(MILLION)));
        assertThrows(JsonException.class, () -> Json.parse("[-" + "9".repeat(MILLION) + "]"));
        assertEquals(Double.POSITIVE_INFINITY, Json.parse("9".repeat(MILLION) + ".5"));
    }

    @Test
    void eventOfTwentyMegabytesIsReadAsItWasWritten() {
        Event event = new Event(Harmonization.standard());
        event.add("output", "\"" + "\u00fc".repeat(20 * MILLION) + "\"");
        assertEquals(event, MessageJson.parse(MessageJson.serialize(event), Harmonization.standard(), "Event"));
    }
}
