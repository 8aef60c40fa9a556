package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {

    @TempDir
    private Path root;
    private Layout layout;
    private Path certificate;
    private Path key;

    @BeforeEach
    void begin() {
        layout = Layout.at(root);
        certificate = layout.tls().resolve("certificate.pem");
        key = layout.tls().resolve("key.pem");
    }

    private static String problem(Layout layout, Path certificate, Path key) {
        return assertThrows(ServerException.class, () -> ServerTls.of(layout, certificate, key)).getMessage();
    }

    @Test
    void makesACertificateOnceThatNamesThisMachine() throws Exception {
        ServerTls made = ServerTls.selfMade(layout, "192.0.2.7");
        String names = made.certificate().getSubjectAlternativeNames().toString();
        for (String name : new String[] {"localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7"}) {
            assertTrue(names.contains(name), names);
        }
        for (Path secret : new Path[] {key, made.store()}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)), secret.toString());
        }
        ServerTls again = ServerTls.selfMade(layout, "192.0.2.7");
        assertEquals(made.certificate(), again.certificate());
        assertNotEquals(made.password(), again.password());
        X509Certificate told = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.pem().getBytes(StandardCharsets.US_ASCII)));
        assertEquals(made.certificate(), told);
    }

    @Test
    void saysWhyFilesCannotBeUsed() throws Exception {
        ServerTls.selfMade(layout, "127.0.0.1");
        Path other = root.resolve("other");
        ServerTls.selfMade(Layout.at(other), "127.0.0.1");
        Path otherKey = Layout.at(other).tls().resolve("key.pem");
        assertTrue(problem(layout, certificate, otherKey).contains("does not belong to the certificate"));
        assertTrue(problem(layout, root.resolve("none.pem"), key).contains("the certificate " + root.resolve("none.pem") + " cannot be read"));
        Path old = Files.writeString(root.resolve("old.pem"), Files.readString(key).replace("BEGIN PRIVATE", "BEGIN EC PRIVATE"));
        assertTrue(problem(layout, certificate, old).contains("openssl pkcs8 -topk8 -nodes -in " + old));
        assertTrue(problem(layout, key, key).contains("cannot be used"), problem(layout, key, key));
        Path none = Files.writeString(root.resolve("empty.pem"), "");
        assertTrue(problem(layout, none, key).contains("holds none"));
    }
}
