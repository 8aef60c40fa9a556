package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Http;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUpdatesTest {

    @TempDir
    private Path root;
    private Path database;

    @BeforeEach
    void keepAnOldDatabase() throws IOException {
        database = root.resolve("var/lib/bots/domains/tlds.txt");
        Files.createDirectories(database.getParent());
        Files.writeString(database, "OLD\n");
    }

    private List<DatabaseUpdates.Update> update(Http http) {
        String bot = "{module: intelmq.bots.experts.domain_valid.expert, group: Expert, parameters: {tlds_domains_list: " + database + "}}";
        RuntimeConfiguration configuration = RuntimeConfiguration.parse("one: " + bot + "\ntwo: " + bot
                + "\nother: {module: intelmq.bots.experts.taxonomy.expert}", "test", Map.of());
        List<BotConfiguration> bots = List.copyOf(configuration.bots().values());
        return new DatabaseUpdates(Installation.at(root), Catalogue.load(getClass().getClassLoader()), params -> http).run(bots);
    }

    @Test
    void leavesNoFoldersWhereNothingCouldBeFetched() throws IOException {
        database = root.resolve("elsewhere/lib/domains/tlds.txt");
        assertEquals(1, update(answering(null)).size());
        assertFalse(Files.exists(root.resolve("elsewhere")));
    }

    private static Http answering(String text) {
        return new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
                throw new IOException("no such host");
            }

            @Override
            public HttpRequest.Builder request(URI address) {
                return HttpRequest.newBuilder(address);
            }

            @Override
            public byte[] get(URI address) throws IOException {
                if (text == null) {
                    throw new IOException("no such host");
                }
                return text.getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    @Test
    void fetchesAFileOnceForAllItsBots() throws IOException {
        assertEquals(List.of(new DatabaseUpdates.Update(database, List.of("one", "two"), null)), update(answering("# new\nAT\n")));
        assertEquals("# new\nAT\n", Files.readString(database));
    }

    @Test
    void keepsTheOldOneIfTheNewOneDoesNotCome() throws IOException {
        assertEquals(List.of(new DatabaseUpdates.Update(database, List.of("one", "two"), "no such host")), update(answering(null)));
        assertEquals("OLD\n", Files.readString(database));
        try (var files = Files.list(database.getParent())) {
            assertEquals(1, files.count());
        }
    }
}
