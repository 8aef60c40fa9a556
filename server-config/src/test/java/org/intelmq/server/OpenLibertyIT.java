package org.intelmq.server;

import java.io.IOException;
import java.nio.file.Path;
import org.intelmq.server.testing.ApplicationServer;
import org.intelmq.server.testing.OnApplicationServer;
import org.intelmq.server.testing.OpenLiberty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The unchanged archive on Open Liberty, with the distribution's settings for it. Too slow for each build: {@code mvn -B verify -Dliberty}. */
@EnabledIfSystemProperty(named = "intelmq.liberty", matches = ".+")
class OpenLibertyIT extends OnApplicationServer {

    @Override
    protected ApplicationServer server(Path folder) throws IOException {
        return new OpenLiberty(Path.of(System.getProperty("intelmq.liberty"), "wlp"), folder);
    }
}
