package org.intelmq.bots.experts.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeExpertTest {

    private static final String DATABASE = """
            {"ip_network": ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/64"],
             "event_fields": {"severity": {"mode": "random_single_value", "values": ["high", "low"]},
                 "extra.count": {"mode": "random_single_value", "values": [7]}}}""";

    @TempDir
    Path folder;

    private FakeExpert expert(String database, boolean overwrite) throws Exception {
        Files.createDirectories(folder.resolve("fake"));
        Files.writeString(folder.resolve("fake/data.json"), database);
        return new FakeExpert(new FakeExpert.Params(overwrite, "fake/data.json"), new TestContext().dataDirectory(folder), new Random(5));
    }

    private static Event event() {
        return new Event(Harmonization.standard());
    }

    @Test
    void choosesNetworksAndValues() throws Exception {
        FakeExpert expert = expert(DATABASE, false);
        Set<String> seen = new TreeSet<>();
        Set<Object> severities = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            Event event = event();
            expert.process(event, new RecordingOutbox());
            seen.add(event.text("source.ip") + " in " + event.text("source.network"));
            severities.add(event.get("severity"));
            assertEquals(7L, event.get("extra.count"));
        }
        assertEquals(Set.of("192.0.2.1 in 192.0.2.0/24", "198.51.100.7 in 198.51.100.7/32", "2001:db8::1 in 2001:db8::/64"), seen);
        assertEquals(Set.of("high", "low"), severities);
    }

    @Test
    void leavesPresentValuesAloneUnlessAsked() throws Exception {
        Event event = event();
        event.add("source.ip", "203.0.113.9");
        event.add("severity", "info");
        expert(DATABASE, false).process(event, new RecordingOutbox());
        assertEquals("203.0.113.9", event.get("source.ip"));
        assertEquals(null, event.get("source.network"));
        assertEquals("info", event.get("severity"));
        event.add("source.network", "203.0.113.0/24");
        expert(DATABASE, true).process(event, new RecordingOutbox());
        assertTrue(!event.text("source.ip").startsWith("203.") && !event.text("source.network").startsWith("203."), event.toString());
    }

    @Test
    void namesEverythingThatIsWrongWithItsDatabase() {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> expert("""
                {"ip_network": ["nowhere"], "event_fields": {"nope": {"mode": "random_single_value", "values": [1]},
                    "comment": {"mode": "all", "values": [1]}, "status": {"mode": "random_single_value", "values": []}}}""", false));
        assertTrue(refusal.getMessage().endsWith("ip_network has \"nowhere\", expected a network such as 192.0.2.0/24; event_fields has nope, which "
                + "is not a field of events; the mode of comment is all, expected random_single_value; the values of status are not a list with at "
                + "least one value"), refusal.getMessage());
        assertThrows(ConfigurationException.class, () -> expert("[]", false));
        assertThrows(ConfigurationException.class, () -> expert("{", false));
    }
}
