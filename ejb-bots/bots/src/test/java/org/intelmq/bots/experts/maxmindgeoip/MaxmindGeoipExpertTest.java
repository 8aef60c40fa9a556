package org.intelmq.bots.experts.maxmindgeoip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its database knows one thing: the upper half of the addresses of IPv4 is in Vienna. */
class MaxmindGeoipExpertTest {

    @TempDir
    private Path directory;
    private final RecordingOutbox out = new RecordingOutbox();

    @BeforeEach
    void writeDatabase() throws Exception {
        Files.createDirectories(directory.resolve("maxmind_geoip"));
        Map<String, Object> vienna = new LinkedHashMap<>();
        vienna.put("country", Map.of("iso_code", "AT"));
        vienna.put("registered_country", Map.of("iso_code", "DE"));
        vienna.put("location", Map.of("latitude", 48.2, "longitude", 0.0));
        vienna.put("city", Map.of("names", Map.of("en", "Vienna")));
        Files.write(directory.resolve("maxmind_geoip/GeoLite2-City.mmdb"), Mmdb.withOneNode(vienna));
    }

    @SuppressWarnings("unchecked")
    private Bot<Message> bot(Map<String, Object> parameters) throws Exception {
        return (Bot<Message>) MaxmindGeoipExpert.TYPE.factory().create(
                ParameterSchema.of(MaxmindGeoipExpert.Params.class).read(parameters, Set.of()).value(), new TestContext().dataDirectory(directory));
    }

    private static Event event(String field, String value) {
        Event event = new Event(Harmonization.standard());
        event.add(field, value);
        return event;
    }

    @Test
    void addsCountryCityAndCoordinatesButNoZeros() throws Exception {
        Event event = event("source.ip", "192.0.2.1");
        event.add("destination.ip", "10.0.0.1");
        bot(Map.of()).process(event, out);
        assertEquals("{\"source.ip\": \"192.0.2.1\", \"destination.ip\": \"10.0.0.1\", \"source.geolocation.cc\": \"AT\", "
                + "\"source.geolocation.latitude\": 48.2, "
                + "\"source.geolocation.city\": \"Vienna\", \"__type\": \"Event\"}", out.sent().get(0).toString());
    }

    @Test
    void takesTheCountryOfRegistrationAndReplacesIfAsked() throws Exception {
        Event kept = event("destination.ip", "192.0.2.1");
        kept.add("destination.geolocation.cc", "FR");
        Event replaced = kept.copy();
        bot(Map.of("use_registered", true)).process(kept, out);
        bot(Map.of("use_registered", true, "overwrite", true)).process(replaced, out);
        assertEquals("FR", out.sent().get(0).get("destination.geolocation.cc"));
        assertEquals("DE", out.sent().get(1).get("destination.geolocation.cc"));
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(directory.resolve("text.mmdb"), "no database");
        assertThrows(ConfigurationException.class, () -> bot(Map.of("database", "text.mmdb")));
        assertThrows(ConfigurationException.class, () -> bot(Map.of("database", "nowhere.mmdb")));
    }
}
