package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bots need that are not configured costs nothing: their libraries are not loaded with the list of bots. */
class IdleClassesTest {

    private static final List<String> LIBRARIES = List.of("org.eclipse.jetty.", "org.apache.kafka.", "com.mongodb.", "org.bson.", "com.rabbitmq.",
            "com.hubspot.", "redis.clients.", "org.bouncycastle.", "org.xbill.", "com.maxmind.", "org.jsoup.", "com.google.common.", "org.h2.",
            "org.apache.commons.compress.", "com.github.luben.");

    private static final int MOST = 8;

    @TempDir
    private Path root;

    /** What an idle server knows of bots. */
    static final class Idle {

        private Idle() { }

        public static void main(String[] arguments) {
            Catalogue catalogue = Catalogue.load(Idle.class.getClassLoader(), Path.of("none"));
            try (ServerServices services = new ServerServices(Installation.of(Map.of("INTELMQ_ROOT_DIR", arguments[0])), queue -> 0)) {
                System.out.println(catalogue.types().size() + " bots at " + services.clock().instant());
            }
        }
    }

    @Test
    void theListOfBotsLoadsNoLibrary() throws Exception {
        Path log = root.resolve("classes.log");
        Process idle = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log, "-cp", System.getProperty("java.class.path"), Idle.class.getName(), root.toString())
                .redirectErrorStream(true).redirectOutput(root.resolve("out.txt").toFile()).start();
        assertEquals(0, idle.waitFor(), () -> "it wrote: " + root.resolve("out.txt"));
        try (Stream<String> lines = Files.lines(log)) {
            List<String> loaded = lines.map(line -> line.replaceFirst("^(?:\\[[^]]*])+ ?", "").split(" ", 2)[0]).toList();
            assertTrue(loaded.contains("org.intelmq.bots.collectors.api.ApiCollector"), "the bots were listed");
            List<String> ofLibraries = loaded.stream().filter(name -> LIBRARIES.stream().anyMatch(name::startsWith)).toList();
            // single ones are looked at when the JVM verifies a bot
            assertTrue(ofLibraries.size() < MOST, ofLibraries.toString());
        }
    }
}
