package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that prove who they are, to a server of this test's own. */
@Timeout(60)
class JdkHttpTlsTest {

    @TempDir
    private Path directory;
    private final WebServers servers = new WebServers();

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    @Test
    void checksServersAndProvesItself() throws Exception {
        Path server = keyPair("server", "CN=localhost", "-ext", "san=dns:localhost");
        Path client = keyPair("client", "CN=client");
        URI address = serveTls(server, client);
        assertThrows(IOException.class, () -> new JdkHttp(verifying("true", null)).get(address));
        Path authority = pem(server, false);
        Path own = pem(client, true);
        assertThrows(IOException.class, () -> new JdkHttp(verifying("false", null)).get(address), "the server wants a certificate");
        assertEquals("CN=client", new String(new JdkHttp(verifying("False", own.toString())).get(address), StandardCharsets.UTF_8));
        assertEquals("CN=client", new String(new JdkHttp(verifying(authority.toString(), own.toString())).get(address), StandardCharsets.UTF_8));
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> new JdkHttp(verifying("true", authority.toString())));
        assertTrue(e.getMessage().contains("no private key"), e.getMessage());
        assertThrows(ConfigurationException.class, () -> new JdkHttp(verifying("/nowhere.pem", null)));
    }

    private Path keyPair(String alias, String name, String... more) throws Exception {
        Path store = directory.resolve(alias + ".p12");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", alias, "-keyalg", "EC", "-dname", name, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit"));
        command.addAll(List.of(more));
        assertEquals(0, new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor());
        return store;
    }

    private static KeyStore load(Path store) throws Exception {
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private Path pem(Path store, boolean withKey) throws Exception {
        KeyStore keys = load(store);
        String alias = keys.aliases().nextElement();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text = "-----BEGIN CERTIFICATE-----\n" + encoder.encodeToString(keys.getCertificate(alias).getEncoded()) + "\n-----END CERTIFICATE-----\n"
                + (withKey ? "-----BEGIN PRIVATE KEY-----\n" + encoder.encodeToString(keys.getKey(alias, "changeit".toCharArray()).getEncoded())
                + "\n-----END PRIVATE KEY-----\n" : "");
        return Files.writeString(directory.resolve(alias + ".pem"), text);
    }

    private URI serveTls(Path own, Path trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(own), "changeit".toCharArray());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("client", load(trusted).getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            WebServers.reply(exchange, 200, ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
            exchange.close();
        });
        server.start();
        servers.add(() -> server.stop(0));
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
    }

    private static HttpParams verifying(String verify, String clientCertificate) {
        return new HttpParams(Map.of(), "IntelMQ", verify, null, null, 1, Duration.ofSeconds(10), null, null, clientCertificate);
    }
}
