package org.intelmq.jms.artemis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.jms.BrokerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalAddressTest {

    @TempDir
    private Path folder;

    @Test
    void isNoneUnlessNamed() {
        assertEquals(Optional.empty(), ExternalAddress.from(Map.of("INTELMQ_BROKER", " ")));
    }

    @Test
    void namesAPrimaryAndItsBackups() {
        ExternalAddress address = read(Map.of("INTELMQ_BROKER", "tcp://one, ssl://two:61617?verifyHost=false", "INTELMQ_BROKER_USER", "intelmq"));

        assertEquals(List.of(61616, 61617), address.servers().stream().map(server -> server.getParams().get("port")).toList());
        assertEquals(List.of("one", "two"), address.servers().stream().map(server -> server.getParams().get("host")).toList());
        assertFalse(address.servers().get(0).getParams().containsKey("sslEnabled"));
        assertEquals(true, address.servers().get(1).getParams().get("sslEnabled"));
        assertEquals("false", address.servers().get(1).getParams().get("verifyHost"));
        assertEquals("tcp://one, ssl://two:61617", address.text());
        assertEquals("intelmq", address.user());
    }

    @Test
    void readsThePasswordFromWhereItIsKept() throws IOException {
        Path file = Files.writeString(folder.resolve("broker-password"), "secret\n");

        assertEquals("secret", password(Map.of("INTELMQ_BROKER_PASSWORD", "secret")));
        assertEquals("secret", password(Map.of("INTELMQ_BROKER_PASSWORD_FILE", file.toString())));
        assertEquals("secret", password(Map.of("INTELMQ_BROKER_PASSWORD", "${file:" + file + "}")));
        assertEquals("secret", password(Map.of("INTELMQ_BROKER_PASSWORD", "${credential:broker-password}", "CREDENTIALS_DIRECTORY", folder.toString())));
        assertTrue(refused(Map.of("INTELMQ_BROKER", "tcp://one", "INTELMQ_BROKER_PASSWORD", "${credential:broker-password}"))
                .startsWith("INTELMQ_BROKER_PASSWORD names a credential that systemd has not loaded: set LoadCredential=broker-password:FILE"));
        assertTrue(refused(Map.of("INTELMQ_BROKER", "tcp://one", "INTELMQ_BROKER_PASSWORD_FILE", "/nowhere"))
                .startsWith("INTELMQ_BROKER_PASSWORD_FILE names /nowhere, which cannot be read"));
    }

    @Test
    void saysWhatIsExpected() {
        assertEquals("INTELMQ_BROKER cannot be \"http://one\": expected tcp://HOST:PORT, or ssl://HOST:PORT for TLS, several separated by commas; "
                + "the user is set in INTELMQ_BROKER_USER and INTELMQ_BROKER_PASSWORD", refused(Map.of("INTELMQ_BROKER", "http://one")));
        assertTrue(refused(Map.of("INTELMQ_BROKER", "tcp://one:x:y")).startsWith("INTELMQ_BROKER cannot be \"tcp://one:x:y\": expected tcp://HOST:PORT"));
        assertFalse(refused(Map.of("INTELMQ_BROKER", "tcp://user:secret@one")).contains("secret"), "no secret in a message");
        assertTrue(refused(Map.of("INTELMQ_BROKER", "tcp://one?verifyhost=false")).startsWith(
                "INTELMQ_BROKER: Artemis has no connection parameter \"verifyhost\"; it has ["));
        assertEquals("INTELMQ_BROKER_TLS_CA cannot be \"/nowhere.pem\": no such file, or no permission to read it; expected one in PEM format",
                refused(Map.of("INTELMQ_BROKER", "tcp://one", "INTELMQ_BROKER_TLS_CA", "/nowhere.pem")));
        assertTrue(refused(Map.of("INTELMQ_BROKER", "tcp://one", "INTELMQ_BROKER_SETTINGS", "no")).startsWith("INTELMQ_BROKER_SETTINGS cannot be \"no\""));
    }

    private static String password(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("INTELMQ_BROKER", "tcp://one");
        return read(all).password();
    }

    private static ExternalAddress read(Map<String, String> environment) {
        return ExternalAddress.from(environment).orElseThrow();
    }

    private static String refused(Map<String, String> environment) {
        return assertThrows(BrokerException.class, () -> ExternalAddress.from(environment)).getMessage();
    }
}
