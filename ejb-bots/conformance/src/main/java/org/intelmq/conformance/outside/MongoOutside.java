package org.intelmq.conformance.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;

/** A MongoDB that knows no users, and what it was told to write. */
final class MongoOutside implements Outside {

    /** {@code mongodb} in {@code given} and {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("mongodb"), Set.of("mongodb"), MongoOutside::start);

    private final MongoStub server;

    private MongoOutside(MongoStub server) {
        this.server = server;
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        Map<String, Object> given = Plain.map(Plain.map(record.get("given")).get("mongodb"));
        return new MongoOutside(new MongoStub((String) given.getOrDefault("version", "7.0.0"),
                given.containsKey("insert_reply") ? Plain.map(given.get("insert_reply")) : null));
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) server.port());
    }

    /** What is written where, and which login is tried; how the client wants it confirmed is its library's affair. */
    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        List<Object> got = new ArrayList<>();
        server.commands().forEach(command -> got.add(comparable(command)));
        List<Object> expected = new ArrayList<>();
        for (Object command : Plain.list(Plain.map(record.get("sent")).get("mongodb"))) {
            Object wanted = comparable(Plain.map(command));
            expected.add(expected.size() < got.size() ? Placeholders.filled(wanted, got.get(expected.size())) : wanted);
        }
        comparison.compare("sent.mongodb", expected, got);
    }

    private static Map<String, Object> comparable(Map<String, Object> command) {
        Map<String, Object> comparable = new LinkedHashMap<>();
        for (String name : List.of("insert", "saslStart", "$db", "documents")) {
            if (command.containsKey(name)) {
                comparable.put(name, command.get(name));
            }
        }
        return comparable;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
