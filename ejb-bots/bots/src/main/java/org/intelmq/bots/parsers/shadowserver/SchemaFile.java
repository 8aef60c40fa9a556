package org.intelmq.bots.parsers.shadowserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;

/** Where the schema is kept, and how it is updated: at most once an hour, with the previous file kept as {@code .bak}. */
final class SchemaFile {

    static final String NAME = "shadowserver-schema.json";

    private static final URI ADDRESS = URI.create("https://interchange.shadowserver.org/intelmq/v1/schema");
    private static final Duration BETWEEN_CHECKS = Duration.ofHours(1);

    private final BotContext context;
    private final Path file;

    SchemaFile(BotContext context) {
        this.context = context;
        this.file = context.dataDirectory().resolve(NAME);
    }

    /** The newest schema as JSON text, checked. */
    static String download(Http http) throws IOException, InterruptedException {
        String json = new String(http.get(ADDRESS), StandardCharsets.UTF_8);
        try {
            Schema.version(json);
        } catch (RuntimeException e) {
            throw new IOException("what " + ADDRESS + " sent is not a schema: " + e.getMessage(), e);
        }
        return json;
    }

    /** If none was downloaded, a schema that operators have put next to their other configuration is used. */
    Schema read() throws IOException {
        Path configured = context.dataDirectory().resolve("../../../etc").resolve(NAME).normalize();
        Path found = Files.exists(file) || !Files.exists(configured) ? file : configured;
        if (!Files.exists(found)) {
            throw new ConfigurationException("the schema file " + file + " does not exist: set auto_update, or download it with --update-schema");
        }
        return parse(WholeFile.text(found), found.toString());
    }

    Schema readTestSchema() throws IOException {
        try (InputStream in = SchemaFile.class.getResourceAsStream("test-schema.json")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "test schema");
        }
    }

    private Schema parse(String json, String where) {
        try {
            return Schema.parse(json, context.clock());
        } catch (RuntimeException e) {
            throw new ConfigurationException("the schema file " + where + " cannot be read: " + e.getMessage());
        }
    }

    /** A failed download is logged, and the present file stays. */
    void update(Http http) throws InterruptedException {
        try {
            if (isDue()) {
                replace(download(http));
            }
        } catch (IOException e) {
            context.log().severe("The schema could not be updated: " + e.getMessage());
        }
    }

    /**
     * Called instead of an update where other systems must not be contacted.
     *
     * @throws UnavailableException if there will be no schema before an update
     */
    void awaitUpdate() {
        if (!Files.exists(file)) {
            throw new UnavailableException("the schema file " + file + " does not exist yet: the start fetches it");
        }
    }

    private boolean isDue() throws IOException {
        Path stamp = file.resolveSibling("shadowserver-schema.check");
        Instant now = context.clock().instant();
        if (Files.exists(stamp) && Files.getLastModifiedTime(stamp).toInstant().plus(BETWEEN_CHECKS).isAfter(now)) {
            return false;
        }
        PrivateFiles.createDirectories(file.getParent());
        PrivateFiles.writeString(stamp, "");
        return true;
    }

    private void replace(String json) throws IOException {
        if (Files.exists(file)) {
            if (Schema.version(json).equals(Schema.version(WholeFile.text(file)))) {
                return;
            }
            Files.copy(file, file.resolveSibling(NAME + ".bak"), StandardCopyOption.REPLACE_EXISTING);
        }
        Path complete = PrivateFiles.createTempFile(file.getParent(), NAME, ".new");
        Files.writeString(complete, json);
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        context.log().info(() -> "New schema version is '" + Schema.version(json) + "'.");
    }
}
