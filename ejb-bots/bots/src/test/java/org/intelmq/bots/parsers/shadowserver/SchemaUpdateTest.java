package org.intelmq.bots.parsers.shadowserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaUpdateTest {

    private static final String OLD = "{\"_meta\": {\"date_created\": \"2024-05-01\", \"change_log\": []}}";
    private static final String NEW = "{\"_meta\": {\"date_created\": \"2024-05-17\", \"change_log\": []}}";

    @TempDir
    Path folder;

    private String served = NEW;
    private int requests;

    private final Http http = new Http() {
        @Override
        public HttpResponse<InputStream> send(HttpRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpRequest.Builder request(URI address) {
            return HttpRequest.newBuilder(address);
        }

        @Override
        public byte[] get(URI address) throws IOException {
            requests++;
            if (served == null) {
                throw new IOException("no network");
            }
            return served.getBytes(StandardCharsets.UTF_8);
        }
    };

    private void start(Clock clock) throws Exception {
        ShadowserverParser.Params params = ParameterSchema.of(ShadowserverParser.Params.class)
                .read(Map.of("auto_update", true), Set.of()).value();
        new ShadowserverParser(params, new TestContext().dataDirectory(folder.resolve("var/lib/bots")).clock(clock).http(http)).close();
    }

    private Path file(String name) {
        return folder.resolve("var/lib/bots").resolve(name);
    }

    @Test
    void downloadsOnceAnHourAndKeepsTheFileBefore() throws Exception {
        served = OLD;
        start(Clock.systemUTC());
        served = NEW;
        start(Clock.systemUTC());
        assertEquals(OLD, Files.readString(file("shadowserver-schema.json")));
        start(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61)));
        assertEquals(NEW, Files.readString(file("shadowserver-schema.json")));
        assertEquals(OLD, Files.readString(file("shadowserver-schema.json.bak")));
        assertEquals(2, requests);
    }

    @Test
    void goesOnWithThePresentFileIfThereIsNoNewOne() throws Exception {
        start(Clock.systemUTC());
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        served = "<html>moved</html>";
        start(later);
        served = null;
        start(Clock.offset(later, Duration.ofHours(2)));
        assertEquals(NEW, Files.readString(file("shadowserver-schema.json")));
        assertEquals(3, requests);
    }

    @Test
    void doesNotStartWithoutASchema() {
        served = null;
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> start(Clock.systemUTC()));
        assertTrue(refusal.getMessage().contains("shadowserver-schema.json"), refusal.getMessage());
    }

    @Test
    void takesASchemaBesideTheConfiguration() throws Exception {
        served = null;
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/shadowserver-schema.json"), OLD);
        start(Clock.systemUTC());
    }

    @Test
    void handsTheCheckedSchemaToTheHost() throws Exception {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        ShadowserverParser.TYPE.update().fetch().fetch(null, http, target);
        assertEquals(NEW, target.toString(StandardCharsets.UTF_8));
        served = "[]";
        assertThrows(IOException.class, () -> ShadowserverParser.TYPE.update().fetch().fetch(null, http, target));
    }
}
