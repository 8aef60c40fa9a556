package org.intelmq.bots.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.intelmq.bot.ConfigurationException;

/** The settings that every client of Kafka needs. */
public final class KafkaSettings {

    private static final String PEM = "PEM";

    private KafkaSettings() { }

    /**
     * @param clientId shown to the server's operator
     * @throws ConfigurationException if a file cannot be read
     */
    public static Map<String, Object> of(KafkaParams params, String clientId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, params.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, params.securityProtocol().name());
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        if (params.sslCafile() != null) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, content("ssl_cafile", params.sslCafile()));
        }
        if (params.sslCertfile() != null) {
            String certificate = content("ssl_certfile", params.sslCertfile());
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, certificate);
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, params.sslKeyfile() == null ? certificate : content("ssl_keyfile", params.sslKeyfile()));
        }
        settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, params.sslCheckHostname() ? "https" : "");
        if (params.saslMechanism() != null) {
            String module = (params.saslMechanism().equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class).getName();
            settings.put(SaslConfigs.SASL_MECHANISM, params.saslMechanism());
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, module + " required username=" + quoted(params.saslPlainUsername()) + " password="
                    + quoted(params.saslPlainPassword()) + ';');
        }
        return settings;
    }

    private static String content(String parameter, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + file + "\": expected a file in PEM form that can be read ("
                    + e + ')', e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Creates a client. Kafka finds its classes by name, so it has to look where it came from.
     *
     * @throws ConfigurationException if the settings are unusable
     */
    public static <C> C make(KafkaParams params, Supplier<C> client) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KafkaSettings.class.getClassLoader());
        try {
            return client.get();
        } catch (KafkaException e) {
            throw new ConfigurationException("no client of " + params + " can be made: check bootstrap_servers and the files of ssl_cafile, ssl_certfile and "
                    + "ssl_keyfile (" + reason(e) + ')', e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What went wrong, with the causes if they say more. */
    public static String reason(Throwable thrown) {
        String reasons = String.valueOf(thrown.getMessage());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !reasons.contains(cause.getMessage())) {
                reasons += ": " + cause.getMessage();
            }
        }
        return reasons;
    }
}
