package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.server.outside.TraceCollector;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.FullServer;
import org.intelmq.server.testing.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged archive on a full application server, brought there by the distribution's script. */
class PayaraServerIT {

    @TempDir
    private Path folder;

    /** And tells OpenTelemetry's collector of each step, which are one trace. */
    @Test
    void takesTheSampleToFileAndDatabase() throws IOException, SQLException {
        Path root = folder.resolve("root");
        Sample sample = Sample.in(root);
        Path unpacked = Path.of(System.getProperty("intelmq.payara-server"), "payara6");
        try (TraceCollector traces = new TraceCollector();
                FullServer server = new FullServer(unpacked, folder, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", traces.url()))) {
            server.deploy(root);
            sample.awaitThrough(Api.of(root));
            server.stop();
            checkTraces(traces.spans());
        }
        sample.check();
    }

    /** From either output back to the collector, each step the child of the one before. */
    private static void checkTraces(List<TraceCollector.Span> spans) {
        Map<String, TraceCollector.Span> byId = spans.stream().collect(Collectors.toMap(TraceCollector.Span::id, span -> span));
        for (String output : List.of("file-output", "sql-output")) {
            List<List<String>> ways = spans.stream().filter(span -> span.name().equals(output)).map(span -> way(span, byId)).toList();
            assertTrue(ways.contains(List.of(output, "sample-url-expert", "sample-taxonomy-expert", "sample-deduplicator-expert", "sample-parser",
                    "sample-collector")), () -> ways + " of " + spans);
        }
    }

    private static List<String> way(TraceCollector.Span last, Map<String, TraceCollector.Span> spans) {
        return Stream.iterate(last, Objects::nonNull, span -> spans.get(span.parent()))
                .peek(span -> assertEquals(last.trace(), span.trace())).map(TraceCollector.Span::name).toList();
    }
}
