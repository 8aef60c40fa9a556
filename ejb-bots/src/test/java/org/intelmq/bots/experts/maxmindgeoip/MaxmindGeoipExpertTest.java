package org.intelmq.bots.experts.maxmindgeoip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.testing.RecordingOutbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its database knows one thing: the upper half of the addresses of IPv4 lies in Vienna. */
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
        assertEquals("{\"source.ip\": \"192.0.2.1\", \"destination.ip\": \"10.0.0.1\", \"source.geolocation.cc\": \"AT\", \"source.geolocation.latitude\": 48.2, "
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

    /** Writes https://maxmind.github.io/MaxMind-DB/ for a tree of one node, whose right branch has the data. */
    private static final class Mmdb {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        static byte[] withOneNode(Map<String, Object> data) {
            Mmdb file = new Mmdb();
            int nodes = 1;
            file.out.writeBytes(new byte[] {0, 0, (byte) nodes, 0, 0, (byte) (nodes + 16)});
            file.out.writeBytes(new byte[16]);
            file.value(data);
            file.out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
            file.out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("node_count", nodes);
            metadata.put("record_size", (short) 24);
            metadata.put("ip_version", (short) 4);
            metadata.put("database_type", "GeoLite2-City");
            metadata.put("languages", List.of("en"));
            metadata.put("binary_format_major_version", (short) 2);
            metadata.put("binary_format_minor_version", (short) 0);
            metadata.put("build_epoch", 1L);
            metadata.put("description", Map.of("en", "test"));
            file.value(metadata);
            return file.out.toByteArray();
        }

        private void value(Object value) {
            if (value instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.write(2 << 5 | bytes.length);
                out.writeBytes(bytes);
            } else if (value instanceof Double number) {
                out.write(3 << 5 | 8);
                out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
            } else if (value instanceof Short number) {
                out.write(5 << 5 | 2);
                out.writeBytes(ByteBuffer.allocate(2).putShort(number).array());
            } else if (value instanceof Integer number) {
                out.write(6 << 5 | 4);
                out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            } else if (value instanceof Long number) {
                out.write(8);
                out.write(9 - 7);
                out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
            } else if (value instanceof List<?> list) {
                out.write(list.size());
                out.write(11 - 7);
                list.forEach(this::value);
            } else {
                Map<?, ?> map = (Map<?, ?>) value;
                out.write(7 << 5 | map.size());
                map.forEach((key, item) -> {
                    value(key);
                    value(item);
                });
            }
        }
    }
}
