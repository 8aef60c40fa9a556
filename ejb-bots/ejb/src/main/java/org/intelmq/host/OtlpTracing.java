package org.intelmq.host;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.BotGroup;
import org.intelmq.engine.observe.Trace;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.parameters.SecretFiles;

/**
 * Sends one span per step to an OpenTelemetry collector, with the application server's library, configured by its standard variables {@code
 * OTEL_…}. Loaded only if traces are wanted. Thread-safe.
 */
final class OtlpTracing implements Tracing, AutoCloseable {

    private static final String PARENT = "traceparent";
    private static final long LONGEST_END_SECONDS = 5;
    /** Defaults for settings that the variables do not name. */
    private static final Map<String, String> USUAL = Map.of("otel.service.name", "intelmq", "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.traces.exporter", "otlp", "otel.metrics.exporter", "none", "otel.logs.exporter", "none");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtlpTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("org.intelmq");
    }

    /** Starts as the environment says. */
    static OtlpTracing start() {
        return start(USUAL);
    }

    /** @param usual settings by property; variables and system properties override them */
    static OtlpTracing start(Map<String, String> usual) {
        return new OtlpTracing(AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(OpenTelemetrySdk.class.getClassLoader())
                .addPropertiesSupplier(() -> usual).build().getOpenTelemetrySdk());
    }

    static Map<String, String> usual() {
        return USUAL;
    }

    @Override
    public Step begin(String bot, BotGroup group, int messages, String parent) {
        SpanBuilder span = tracer.spanBuilder(bot).setSpanKind(parent == null ? SpanKind.INTERNAL : SpanKind.CONSUMER)
                .setAttribute("intelmq.bot.id", bot).setAttribute("intelmq.bot.group", group.name().toLowerCase(Locale.ROOT))
                .setAttribute("intelmq.messages", messages);
        return new OneStep((parent == null ? span.setNoParent() : span.setParent(context(parent))).startSpan());
    }

    private static Context context(String parent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, new TextMapGetter<>() {
            @Override
            public Iterable<String> keys(String carrier) {
                return List.of(PARENT);
            }

            @Override
            public String get(String carrier, String key) {
                return key.equals(PARENT) ? carrier : null;
            }
        });
    }

    /** Sends what has not been sent yet. */
    @Override
    public void close() {
        sdk.shutdown().join(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }

    private static final class OneStep implements Step {

        // as the library's own recordException, but without secrets: what is sent leaves this machine
        private static final String EXCEPTION = "exception";
        private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
        private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
        private static final AttributeKey<String> STACK = AttributeKey.stringKey("exception.stacktrace");

        private final Span span;
        private final String context;

        OneStep(Span span) {
            this.span = span;
            String[] carrier = {null};
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), carrier, (into, key, value) -> {
                if (key.equals(PARENT)) {
                    into[0] = value;
                }
            });
            this.context = carrier[0];
        }

        @Override
        public String context() {
            return context;
        }

        @Override
        public void end(Throwable failure) {
            if (failure != null) {
                String message = SecretFiles.hiddenAnywhere(String.valueOf(failure.getMessage()));
                span.addEvent(EXCEPTION, Attributes.of(TYPE, failure.getClass().getName(), MESSAGE, message, STACK, Trace.of(failure)))
                        .setStatus(StatusCode.ERROR, message);
            }
            span.end();
        }
    }
}
