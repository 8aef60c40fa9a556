package org.intelmq.server;

import java.io.IOException;
import java.nio.file.Path;
import org.intelmq.server.testing.ApplicationServer;
import org.intelmq.server.testing.OnApplicationServer;
import org.intelmq.server.testing.WildFly;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The unchanged archive on WildFly, brought there by the distribution's script. Too slow for each build: {@code mvn -B verify -Dwildfly}. */
@EnabledIfSystemProperty(named = "intelmq.wildfly", matches = ".+")
class WildFlyIT extends OnApplicationServer {

    @Override
    protected ApplicationServer server(Path folder) throws IOException {
        return new WildFly(Path.of(System.getProperty("intelmq.wildfly"), "wildfly-36.0.1.Final"), folder);
    }
}
