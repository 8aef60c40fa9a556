package org.intelmq.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * {@code var/run/server.json}: how programs of the same user reach the server. The token is new at each start and opens
 * everything, so only its owner can read the file; it is gone when the server has stopped.
 */
record ServerFile(Path path, String token) implements AutoCloseable {

    private static final int TOKEN_BYTES = 32;

    /** @param tls {@code null} without it; its certificate lets programs of this machine know the server */
    static ServerFile write(Layout layout, URI url, Integer jmxPort, ServerTls tls) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        String jmx = jmxPort == null ? "" : """
                , "jmx_port": %d, "jmx_user": "%s\"""".formatted(jmxPort, RemoteManagement.USER);
        String certificate = tls == null ? "" : ", \"certificate\": \"" + tls.pem().replace("\n", "\\n") + "\"";
        String content = """
                {"pid": %d, "url": "%s", "token": "%s"%s%s}
                """.formatted(ProcessHandle.current().pid(), url, token, jmx, certificate);
        Path path = layout.run().resolve("server.json");
        try {
            Path written = Files.createTempFile(layout.run(), "server", ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(written, content);
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerException(path + " cannot be written: " + e, e);
        }
        return new ServerFile(path, token);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
