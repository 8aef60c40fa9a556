package org.intelmq.server.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.intelmq.testing.SocketServer;

/**
 * Stands for the web, where there is none: an HTTP proxy that leads each https connection to a server in the test, which has a
 * certificate that nobody trusts, and knows some pages, by path.
 */
public final class Web implements AutoCloseable {

    private static final char[] PASSWORD = "no secret".toCharArray();

    private final SocketServer proxy;
    private final HttpsServer site;

    /** @param folder for the certificate */
    public Web(Path folder, Map<String, String> pages) throws IOException, GeneralSecurityException {
        site = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setHttpsConfigurator(new HttpsConfigurator(certificate(folder)));
        pages.forEach((path, text) -> site.createContext(path, exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            }
        }));
        site.start();
        proxy = new SocketServer("web of a test", this::lead);
    }

    public String proxyAddress() {
        return "http://127.0.0.1:" + proxy.port();
    }

    private static SSLContext certificate(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("site.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
                "-dname", "CN=localhost", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", String.valueOf(PASSWORD))
                .redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void lead(Socket client) throws IOException {
        var request = new StringBuilder();
        for (int c = client.getInputStream().read(); c >= 0 && request.append((char) c).indexOf("\r\n\r\n") < 0;) {
            c = client.getInputStream().read();
        }
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        proxy.relay(client, new Socket(InetAddress.getLoopbackAddress(), site.getAddress().getPort()));
    }

    @Override
    public void close() {
        site.stop(0);
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
