package org.intelmq.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.server.testing.ApplicationServer;
import org.intelmq.server.testing.FullServer;
import org.intelmq.server.testing.OnApplicationServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The unchanged archive on GlassFish 7, brought there by the same script. Too slow for each build: {@code mvn -B verify -Dglassfish}. */
@EnabledIfSystemProperty(named = "intelmq.glassfish", matches = ".+")
class GlassFishIT extends OnApplicationServer {

    @Override
    protected ApplicationServer server(Path folder) throws IOException {
        return new FullServer(Path.of(System.getProperty("intelmq.glassfish"), "glassfish7"), folder, Map.of());
    }
}
