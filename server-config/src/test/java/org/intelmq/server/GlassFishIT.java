package org.intelmq.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.FullServer;
import org.intelmq.server.testing.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged archive on GlassFish 7, brought there by the same script. Too slow for each build: {@code mvn -B verify -Dglassfish}. */
@EnabledIfSystemProperty(named = "intelmq.glassfish", matches = ".+")
class GlassFishIT {

    @TempDir
    private Path folder;

    @Test
    void takesTheSampleToFileAndDatabase() throws IOException, SQLException {
        Path root = folder.resolve("root");
        Sample sample = Sample.in(root);
        try (FullServer server = new FullServer(Path.of(System.getProperty("intelmq.glassfish"), "glassfish7"), folder, Map.of())) {
            server.start(root);
            sample.awaitThrough(Api.of(root));
            server.stop();
        }
        sample.check();
    }
}
