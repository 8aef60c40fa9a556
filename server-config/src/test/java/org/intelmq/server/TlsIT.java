package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.intelmq.server.testing.CommandLine;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code intelmq run --tls}, with clients that check what a browser checks. */
class TlsIT {

    @TempDir
    private static Path root;
    private static ServerProcess server;
    private static URI url;
    private static SSLContext trusting;

    @BeforeAll
    static void startServer() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), "keep: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}\n");
        server = ServerProcess.start(root, "--tls");
        url = URI.create("https://localhost:" + server.url().getPort() + "/");
        trusting = trusting();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(root.resolve("var/lib/tls/certificate.pem"))) {
            store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> ask(HttpClient client, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersThoseWhoKnowItsCertificateAndNobodyWithoutTls() throws Exception {
        assertEquals("{\"status\": \"UP\"}", ask(HttpClient.newBuilder().sslContext(trusting).build(), "health").body());
        assertThrows(SSLHandshakeException.class, () -> ask(HttpClient.newHttpClient(), "health"));
        HttpRequest plain = HttpRequest.newBuilder(URI.create(url.toString().replace("https", "http")).resolve("health")).build();
        assertThrows(IOException.class, () -> HttpClient.newHttpClient().send(plain, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void speaksTls12And13Alone() throws Exception {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", url.getPort())) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertEquals(version, socket.getSession().getProtocol());
                String cipher = socket.getSession().getCipherSuite();
                assertTrue(version.equals("TLSv1.3") || cipher.startsWith("TLS_ECDHE_") && !cipher.contains("_CBC_"), cipher);
            }
        }
        for (String cipher : new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"}) {
            try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", url.getPort())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {cipher});
                assertThrows(IOException.class, socket::startHandshake, cipher);
            }
        }
    }

    @Test
    void theCookieIsForTlsAloneAndTheCommandLineKnowsTheServer() throws Exception {
        CommandLine.Result status = CommandLine.run(root, "", "status", "keep");
        assertEquals(0, status.exit(), status.said());
        assertTrue(status.said().contains("Bot keep is running"), status.said());
        CommandLine.Result history = CommandLine.run(root, "", "history");
        assertEquals(0, history.exit(), history.said());
        HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
        String link = server.console().replaceAll("(?s).*welcome#([0-9a-f]{64}).*", "$1");
        String first = "{\"link\": \"" + link + "\", \"name\": \"ann\", \"password\": \"correct horse\"}";
        HttpRequest request = HttpRequest.newBuilder(url.resolve("api/v1/session")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(first)).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("__Host-intelmq=") && cookie.contains("Secure") && cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Strict"), cookie);
        assertEquals(200, ask(client, "api/v1/users", "Cookie", cookie.substring(0, cookie.indexOf(';'))).statusCode(), "an administrator");
        HttpResponse<String> again = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(401, again.statusCode(), "the link is used");
        assertTrue(again.body().contains("the link creates the first user, and there is a user already"), again::body);
    }
}
