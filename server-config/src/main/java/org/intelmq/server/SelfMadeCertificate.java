package org.intelmq.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Has the JDK's keytool, which every Java has, make a key and a certificate that names this machine. */
final class SelfMadeCertificate {

    /** Days; browsers refuse those that are good for longer. */
    private static final String GOOD = "397";
    private static final String ALIAS = "intelmq";

    private SelfMadeCertificate() { }

    static boolean isExpired(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in)).checkValidity();
            return false;
        } catch (CertificateException e) {
            return true;
        }
    }

    static void make(Layout layout, String address, Path certificate, Path key) throws IOException, GeneralSecurityException {
        Files.createDirectories(layout.tls());
        Path store = layout.tls().resolve("new.p12");
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.deleteIfExists(store);
        try {
            run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS, "-keyalg", "EC",
                    "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-dname", "CN=IntelMQ", "-ext", "SAN=" + String.join(",", names(address)),
                    "-validity", GOOD, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass:env", "STORE_PASSWORD"), password);
            KeyStore made = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                made.load(in, password.toCharArray());
            }
            write(key, "PRIVATE KEY", made.getKey(ALIAS, password.toCharArray()).getEncoded(), "rw-------");
            write(certificate, "CERTIFICATE", made.getCertificate(ALIAS).getEncoded(), "rw-r--r--");
        } finally {
            Files.deleteIfExists(store);
        }
    }

    /** Under which browsers and programs may know it. */
    private static Set<String> names(String address) throws IOException {
        Set<String> names = new LinkedHashSet<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
        InetAddress given = InetAddress.getByName(address);
        if (!given.isAnyLocalAddress()) {
            names.add("ip:" + given.getHostAddress());
        }
        String host = InetAddress.getLocalHost().getHostName();
        if (host.matches("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?") && !host.matches("[0-9.]+")) {
            names.add("dns:" + host);
        }
        return names;
    }

    private static void run(List<String> command, String password) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process keytool = builder.start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void write(Path file, String kind, byte[] content, String rights) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)));
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n");
    }
}
