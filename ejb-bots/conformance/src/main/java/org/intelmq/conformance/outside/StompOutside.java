package org.intelmq.conformance.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.StreamSource;
import org.intelmq.testing.PemKeys;

/** A STOMP server, and what it was sent. */
final class StompOutside implements Outside {

    /** {@code stomp} in {@code given} and {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("stomp"), Set.of("stomp"), StompOutside::start);

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = TRUST_STORE + "Password";
    private static final String ACKNOWLEDGEMENT = "ACK";

    private final PemKeys keys;
    private final StompStub stub;
    private final boolean isToBeTrusted;
    private final String trustedBefore = System.getProperty(TRUST_STORE);

    private StompOutside(Map<String, Object> record, Path folder) throws IOException, InterruptedException {
        keys = PemKeys.in(folder);
        for (String name : List.of("ca.pem", "client.pem")) {
            Files.copy(keys.certificate(), folder.resolve(name));
        }
        Files.copy(keys.key(), folder.resolve("client.key"));
        List<Map<String, Object>> recorded = Plain.list(Plain.map(record.get("sent")).get("stomp"));
        int connections = (int) recorded.stream().filter(frame -> frame.get("command").equals("STOMP")).count();
        boolean subscribed = recorded.stream().anyMatch(frame -> !frame.get("command").equals("STOMP"));
        // the system's authorities were those of the recorder
        isToBeTrusted = "".equals(Plain.map(record.get("parameters")).get("ssl_ca_certificate"));
        if (isToBeTrusted) {
            System.setProperty(TRUST_STORE, folder.resolve(PemKeys.STORE).toString());
            System.setProperty(TRUST_STORE_PASSWORD, PemKeys.PASSWORD);
        }
        stub = new StompStub(keys, Plain.list(Plain.map(Plain.map(record.get("given")).get("stomp")).get("messages")), connections - 1,
                connections > 0 && !subscribed);
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException, InterruptedException {
        return new StompOutside(record, folder);
    }

    @Override
    public Map<String, Object> places() {
        Map<String, Object> places = new LinkedHashMap<>();
        places.put(PORT, (long) stub.port());
        places.put("tls", keys.certificate().getParent().toString());
        places.put("root", keys.certificate().getParent().toString());
        return places;
    }

    @Override
    public StreamSource source() {
        return stub::awaitAcknowledgement;
    }

    /** Acknowledgements are left out: the original asks for none to be wanted. */
    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws InterruptedException {
        List<Map<String, Object>> recorded = Plain.list(Plain.map(record.get("sent")).get("stomp"));
        List<Object> expected = new ArrayList<>();
        List<Object> got = new ArrayList<>();
        stub.frames().stream().filter(frame -> !frame.get("command").equals(ACKNOWLEDGEMENT)).forEach(frame -> got.add(comparable(frame)));
        for (Map<String, Object> frame : recorded) {
            Object wanted = comparable(frame);
            expected.add(expected.size() < got.size() ? Placeholders.filled(wanted, got.get(expected.size())) : wanted);
        }
        comparison.compare("sent.stomp", expected, got);
    }

    private static Map<String, Object> comparable(Map<String, Object> frame) {
        Map<String, Object> comparable = new TreeMap<>(frame);
        comparable.put("headers", new TreeMap<>(Plain.map(frame.get("headers"))));
        return comparable;
    }

    @Override
    public void close() throws IOException {
        if (isToBeTrusted) {
            System.clearProperty(TRUST_STORE_PASSWORD);
            if (trustedBefore == null) {
                System.clearProperty(TRUST_STORE);
            } else {
                System.setProperty(TRUST_STORE, trustedBefore);
            }
        }
        stub.close();
    }
}
