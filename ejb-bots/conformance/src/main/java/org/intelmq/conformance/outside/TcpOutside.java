package org.intelmq.conformance.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;

/** A TCP server that does with each connection what the case says, and what it was sent. */
final class TcpOutside implements Outside {

    /** {@code tcp} in {@code given} and {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("tcp"), Set.of("tcp"), TcpOutside::start);

    private final TcpStub server;

    private TcpOutside(TcpStub server) {
        this.server = server;
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        Map<String, Object> given = Plain.map(Plain.map(record.get("given")).get("tcp"));
        return new TcpOutside(new TcpStub(Plain.list(given.get("connections")), !Boolean.FALSE.equals(given.get("listens"))));
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) server.port());
    }

    /** What came on each connection, and what was answered; how it falls into frames follows from that. */
    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws InterruptedException {
        List<Object> expected = new ArrayList<>();
        for (Object connection : Plain.list(Plain.map(record.get("sent")).get("tcp"))) {
            expected.add(seen(text(Plain.map(connection).get("received")), Plain.map(connection).get("replied")));
        }
        List<Object> got = new ArrayList<>();
        server.connections(expected.size()).forEach(connection -> got.add(seen(text(new Markers.Bytes(connection.received())), connection.replied())));
        comparison.compare("sent.tcp", expected, got);
    }

    private static Map<String, Object> seen(String received, Object replied) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("received", received);
        seen.put("replied", replied);
        return seen;
    }

    private static String text(Object content) {
        return content instanceof Markers.Bytes bytes ? new String(bytes.content(), StandardCharsets.UTF_8) : (String) content;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
