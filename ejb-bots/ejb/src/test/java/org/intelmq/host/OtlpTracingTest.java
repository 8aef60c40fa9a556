package org.intelmq.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.intelmq.bot.BotGroup;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.parameters.SecretFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpTracingTest {

    @TempDir
    private Path folder;

    @Test
    void sendsSpansOfOneTraceToTheCollector() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            try (exchange) {
                received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        Map<String, String> settings = new HashMap<>(OtlpTracing.usual());
        settings.put("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + collector.getAddress().getPort());
        try (OtlpTracing tracing = OtlpTracing.start(settings)) {
            Tracing.Step first = tracing.begin("a-collector", BotGroup.COLLECTOR, 1, null);
            first.end(null);
            Tracing.Step next = tracing.begin("a-parser", BotGroup.PARSER, 7, first.context());
            SecretFiles.read("${file:" + Files.writeString(folder.resolve("secret"), "swordfish") + "}", folder, Map.of());
            next.end(new IllegalStateException("no row in it", new IOException("swordfish is refused")));
            Tracing.Step other = tracing.begin("a-parser", BotGroup.PARSER, 7, "what another program has written");
            other.end(null);
            assertTrue(first.context().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), first.context());
            assertEquals(trace(first), trace(next));
            assertNotEquals(first.context(), next.context());
            assertNotEquals(trace(first), trace(other));
        } finally {
            collector.stop(0);
        }
        assertEquals(1, received.size(), received::toString);
        assertTrue(received.get(0).startsWith("POST /v1/traces application/x-protobuf "), received.get(0));
        for (String text : List.of("service.name", "intelmq", "a-collector", "a-parser", "intelmq.bot.group", "collector", "no row in it")) {
            assertTrue(received.get(0).contains(text), text);
        }
        assertFalse(received.get(0).contains("swordfish"), "what was read from a file stays on this machine");
        assertTrue(received.get(0).contains("java.io.IOException: (from a file) is refused"), received.get(0));
    }

    private static String trace(Tracing.Step span) {
        return span.context().substring(3, 35);
    }
}
