package org.intelmq.server.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Takes traces as OpenTelemetry's collectors do: OTLP, protocol buffers over HTTP. Thread-safe. */
public final class TraceCollector implements AutoCloseable {

    // field numbers of opentelemetry-proto, trace.proto and trace_service.proto
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_SPAN_ID = 4;
    private static final int NAME = 5;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    /** @param parent empty of the first one of a trace */
    public record Span(String trace, String id, String parent, String name) { }

    public TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that have come. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteBuffer body = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
            fields(body, (of, resource) -> when(of == RESOURCE_SPANS, resource, (inResource, scope) -> when(inResource == SCOPE_SPANS, scope,
                    (inScope, span) -> when(inScope == SPANS, span, null))));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** @param within what follows in it; {@code null} for a span */
    private void when(boolean wanted, ByteBuffer part, BiConsumer<Integer, ByteBuffer> within) {
        if (wanted && within != null) {
            fields(part, within);
        } else if (wanted) {
            spans.add(span(part));
        }
    }

    private static Span span(ByteBuffer message) {
        String[] found = {"", "", "", ""};
        fields(message, (field, value) -> {
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            switch (field) {
                case TRACE_ID -> found[0] = HexFormat.of().formatHex(bytes);
                case SPAN_ID -> found[1] = HexFormat.of().formatHex(bytes);
                case PARENT_SPAN_ID -> found[2] = HexFormat.of().formatHex(bytes);
                case NAME -> found[3] = new String(bytes, StandardCharsets.UTF_8);
                default -> { }
            }
        });
        return new Span(found[0], found[1], found[2], found[3]);
    }

    /** Goes through a message of protocol buffers: its fields that have a length are told, the others passed over. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> told) {
        while (message.hasRemaining()) {
            int key = (int) varint(message);
            switch (key & 7) {
                case VARINT -> varint(message);
                case FIXED_64 -> message.position(message.position() + Long.BYTES);
                case FIXED_32 -> message.position(message.position() + Integer.BYTES);
                case LENGTH -> {
                    int length = (int) varint(message);
                    told.accept(key >>> 3, message.slice(message.position(), length));
                    message.position(message.position() + length);
                }
                default -> throw new IllegalArgumentException("a field of the unknown kind " + (key & 7));
            }
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = message.get();
            value |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
