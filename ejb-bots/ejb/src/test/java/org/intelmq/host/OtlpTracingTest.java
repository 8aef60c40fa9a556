package org.intelmq.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.intelmq.bot.BotGroup;
import org.intelmq.engine.observe.Tracing;
import org.junit.jupiter.api.Test;

class OtlpTracingTest {

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
            next.end(new IllegalStateException("no row in it"));
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
    }

    private static String trace(Tracing.Step span) {
        return span.context().substring(3, 35);
    }
}
