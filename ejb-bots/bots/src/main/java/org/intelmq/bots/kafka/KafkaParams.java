package org.intelmq.bots.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Param;
import org.intelmq.text.ControlCharacters;
import org.intelmq.tls.Tls;

/** The address of Kafka and how to log in; the names are those of IntelMQ's collector and of its library, kafka-python. */
public record KafkaParams(
        @Param(value = "Servers to contact first, as host:port.", byDefault = "localhost:9092", example = "kafka-1:9092, kafka-2:9092")
        List<String> bootstrapServers,
        @Param(value = "How connections are encrypted and users authenticated. If not set: SSL if one of the ssl files is set, SASL if "
                + "sasl_mechanism is.",
                optional = true)
        SecurityProtocol securityProtocol,
        @Param(value = "File with the authorities to trust, in PEM format; by default those that Java trusts.", optional = true, neverEmpty = true,
                folder = Folder.ROOT, aliases = "ssl_ca_certificate")
        String sslCafile,
        @Param(value = "File with the client certificate in PEM format, and its key (PKCS #8) unless ssl_keyfile is set.", optional = true,
                neverEmpty = true, folder = Folder.ROOT, aliases = "ssl_client_certificate")
        String sslCertfile,
        @Param(value = "File with the key of the client certificate, in PEM format (PKCS #8).", optional = true, neverEmpty = true, folder = Folder.ROOT,
                aliases = "ssl_client_certificate_key")
        String sslKeyfile,
        @Param(value = "Whether the server's certificate must match its host name.", byDefault = "true", neverEmpty = true)
        boolean sslCheckHostname,
        @Param(value = "How the user is authenticated: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.", optional = true, neverEmpty = true,
                example = "SCRAM-SHA-512")
        String saslMechanism,
        @Param(value = "User name.", optional = true, neverEmpty = true)
        String saslPlainUsername,
        @Param(value = "Password of the user.", optional = true, secret = true, neverEmpty = true)
        String saslPlainPassword,
        @Param(value = "How long a server may take to answer before it counts as unreachable.", byDefault = "15s")
        Duration requestTimeout) {

    /** kafka-python's default. */
    private static final int PORT = 9092;
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    /** With Kafka's names. */
    public enum SecurityProtocol { PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL }

    public KafkaParams {
        if (bootstrapServers.isEmpty()) {
            throw new IllegalArgumentException("parameter 'bootstrap_servers' cannot be empty: expected one or more of host:port");
        }
        bootstrapServers = bootstrapServers.stream().map(KafkaParams::withPort).toList();
        if (saslMechanism != null && !MECHANISMS.contains(saslMechanism)) {
            throw new IllegalArgumentException("parameter 'sasl_mechanism' cannot be \"" + saslMechanism + "\": expected one of "
                    + String.join(", ", MECHANISMS));
        }
        if (saslMechanism != null && (saslPlainUsername == null || saslPlainPassword == null)) {
            throw new IllegalArgumentException("parameter 'sasl_mechanism' is set: expected sasl_plain_username and sasl_plain_password too");
        }
        if (sslKeyfile != null && sslCertfile == null) {
            throw new IllegalArgumentException("parameter 'ssl_keyfile' is set: expected ssl_certfile too");
        }
        if (securityProtocol == null) {
            boolean encrypted = sslCafile != null || sslCertfile != null;
            securityProtocol = saslMechanism == null ? encrypted ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT
                    : encrypted ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
        }
        boolean needsUser = securityProtocol == SecurityProtocol.SASL_PLAINTEXT || securityProtocol == SecurityProtocol.SASL_SSL;
        if (needsUser != (saslMechanism != null)) {
            throw new IllegalArgumentException("parameter 'security_protocol' cannot be \"" + securityProtocol + "\" "
                    + (needsUser ? "without" : "with") + " sasl_mechanism");
        }
    }

    private static String withPort(String server) {
        Form.HOST.check("bootstrap_servers", server);
        return server.matches(".*:\\d+") ? server : server + ':' + PORT;
    }

    /** @throws IllegalArgumentException if Kafka does not allow the name for a topic */
    public static void checkTopic(String topic) {
        if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("parameter 'topic' cannot be \"" + ControlCharacters.spelledOut(topic)
                    + "\": expected letters, digits, dots, _ and -");
        }
    }

    /** @throws ConfigurationException if a file cannot be used */
    public void check() {
        if (securityProtocol != SecurityProtocol.SSL && securityProtocol != SecurityProtocol.SASL_SSL) {
            return;
        }
        if (sslCafile != null) {
            using("ssl_cafile", sslCafile, "a file with the certificates of authorities", () -> Tls.authorities(Path.of(sslCafile)));
        }
        if (sslCertfile != null) {
            using("ssl_certfile", sslCertfile, "a file with a certificate, its key without passphrase in that of ssl_keyfile",
                    () -> Tls.keys(Path.of(sslCertfile), Path.of(sslKeyfile == null ? sslCertfile : sslKeyfile)));
        }
    }

    @FunctionalInterface
    private interface Reading {

        Object read() throws IOException;
    }

    private static void using(String parameter, String value, String expected, Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + value + "\": expected " + expected + " in PEM form (" + e + ')', e);
        }
    }

    @Override
    public String toString() {
        return "Kafka at " + String.join(", ", bootstrapServers);
    }
}
