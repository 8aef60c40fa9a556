package org.intelmq.host;

import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.engine.Engine;

/** Decides by the environment whether steps are traced. If not, no class of OpenTelemetry is loaded. */
final class Traces {

    private static final Logger LOG = Logger.getLogger(Traces.class.getName());
    private static final Set<String> ENDPOINTS = Set.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    private Traces() { }

    /** Returns what is to be closed after the engine. If tracing is impossible, the bots run without it. */
    static AutoCloseable of(Engine engine, Map<String, String> environment) {
        if (ENDPOINTS.stream().allMatch(name -> environment.getOrDefault(name, "").isBlank())) {
            return () -> { };
        }
        try {
            OtlpTracing tracing = OtlpTracing.start();
            engine.traceWith(tracing);
            return tracing;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.SEVERE, "No traces are sent: OpenTelemetry cannot be started with OTEL_EXPORTER_OTLP_ENDPOINT and the other variables "
                    + "OTEL_….", e);
            return () -> { };
        }
    }
}
