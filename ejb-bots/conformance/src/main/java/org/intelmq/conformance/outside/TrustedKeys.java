package org.intelmq.conformance.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.intelmq.replay.Plain;
import org.intelmq.testing.TlsKeys;

/** The key of servers named localhost, and for as long as this is open, that the program trusts it. */
final class TrustedKeys implements AutoCloseable {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String UNTRUSTED = "ssl.SSLCertVerificationError";
    private static TlsKeys keys;

    private TrustedKeys() { }

    /** Trusts it unless the case was recorded where it was not trusted. */
    static TrustedKeys of(Map<String, Object> record) throws IOException, InterruptedException {
        boolean untrusted = Plain.<Map<String, Object>>list(record.get("error")).stream().anyMatch(error -> UNTRUSTED.equals(error.get("exception")));
        if (!untrusted) {
            System.setProperty(STORE, keys().store().toString());
            System.setProperty(PASSWORD, TlsKeys.PASSWORD);
        }
        return new TrustedKeys();
    }

    SSLContext context() throws IOException, InterruptedException {
        return keys().context();
    }

    Path store() throws IOException, InterruptedException {
        return keys().store();
    }

    private static synchronized TlsKeys keys() throws IOException, InterruptedException {
        if (keys == null) {
            Path folder = Files.createTempDirectory("conformance-keys");
            keys = TlsKeys.in(folder);
            for (Path file : List.of(folder, keys.store(), keys.authority())) {
                file.toFile().deleteOnExit();
            }
        }
        return keys;
    }

    @Override
    public void close() {
        System.clearProperty(STORE);
        System.clearProperty(PASSWORD);
    }
}
