package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Sample;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same archive on the next Payara Micro, which needs Java 21; the build looks for one and lays the server out. */
class NextPayaraIT {

    @TempDir
    private Path root;

    @Test
    void takesTheSampleToFileAndDatabase() throws IOException, SQLException {
        String java = System.getProperty("intelmq.java21", "");
        assumeFalse(java.isEmpty(), "no Java 21 or later beside " + System.getProperty("java.home") + "; -Djava21.home=… names one");
        Sample sample = Sample.in(root);
        Map<String, String> environment = Map.of("JAVA_HOME", java, "INTELMQ_JAVA_OPTIONS",
                "-Djakarta.security.jacc.PolicyFactory.provider=org.glassfish.exousia.modules.def.DefaultPolicyFactory");
        try (ServerProcess server = ServerProcess.startOf(Path.of(System.getProperty("intelmq.payara7")), root, environment)) {
            sample.awaitThrough(Api.of(root));
            assertEquals(0, server.stop());
        }
        sample.check();
    }
}
