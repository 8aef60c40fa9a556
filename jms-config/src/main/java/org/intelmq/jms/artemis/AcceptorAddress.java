package org.intelmq.jms.artemis;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.intelmq.jms.BrokerException;

/**
 * Where the embedded broker accepts other programs: from {@code INTELMQ_BROKER_ACCEPTOR} and the variables that begin with it.
 *
 * @param transport its port
 * @param protocols CORE, AMQP, STOMP
 * @param user the only one who may connect
 * @param password of this user
 * @param limit the greatest size of a message, in bytes
 */
record AcceptorAddress(TransportConfiguration transport, List<String> protocols, String user, String password, int limit) {

    private static final String NAME = "INTELMQ_BROKER_ACCEPTOR";
    private static final String EXPECTED = "expected tcp://127.0.0.1:PORT, or ssl://ADDRESS:PORT for TLS";
    private static final List<String> KNOWN = List.of("CORE", "AMQP", "STOMP");
    private static final int USUAL_PORT = 61616;
    private static final int USUAL_LIMIT = 1 << 20;

    /** Empty if none is configured, so that nobody is accepted. */
    static Optional<AcceptorAddress> from(Map<String, String> environment) {
        String text = environment.getOrDefault(NAME, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String user = environment.get(NAME + "_USER");
        String password = Environment.secret(environment, NAME + "_PASSWORD");
        if (user == null || user.isBlank() || password == null || password.isBlank()) {
            throw new BrokerException(NAME + " requires a password: set " + NAME + "_USER and " + NAME + "_PASSWORD, or " + NAME + "_PASSWORD_FILE");
        }
        return Optional.of(new AcceptorAddress(transport(text, environment), protocols(environment), user, password, limit(environment)));
    }

    private static TransportConfiguration transport(String text, Map<String, String> environment) {
        URI uri = uri(text);
        boolean secure = uri.getScheme().equals("ssl");
        if (!secure && !isLocal(uri.getHost())) {
            throw new BrokerException(NAME + " cannot be \"" + text + "\": the password would travel in the clear; expected an address of this machine, "
                    + "or ssl://ADDRESS:PORT with " + NAME + "_TLS_CERTIFICATE and " + NAME + "_TLS_KEY");
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, uri.getHost());
        parameters.put(TransportConstants.PORT_PROP_NAME, uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, String.join(",", protocols(environment)));
        if (secure) {
            parameters.putAll(tls(environment));
        }
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "network",
                // parts of AMQP messages on disk would be one more way to fill it
                Map.of("amqpMinLargeMessageSize", -1));
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && List.of("tcp", "ssl").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new BrokerException(NAME + " cannot be \"" + text + "\": " + EXPECTED, e);
        }
        throw new BrokerException(NAME + " cannot be \"" + text + "\": " + EXPECTED);
    }

    private static boolean isLocal(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new BrokerException(NAME + " cannot name the host " + host + ": there is no such address", e);
        }
    }

    private static Map<String, Object> tls(Map<String, String> environment) {
        Path certificate = Environment.file(environment, NAME + "_TLS_CERTIFICATE");
        Path key = Environment.file(environment, NAME + "_TLS_KEY");
        if (certificate == null || key == null) {
            throw new BrokerException(NAME + " with ssl:// needs " + NAME + "_TLS_CERTIFICATE and " + NAME + "_TLS_KEY, files in PEM format");
        }
        Map<String, Object> tls = new LinkedHashMap<>(Map.of(TransportConstants.SSL_ENABLED_PROP_NAME, true,
                TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3,TLSv1.2",
                TransportConstants.KEYSTORE_TYPE_PROP_NAME, PemContexts.PEM,
                TransportConstants.KEYSTORE_PATH_PROP_NAME, PemContexts.pair(certificate, key)));
        Path authorities = Environment.file(environment, NAME + "_TLS_CA");
        if (authorities != null) {
            tls.putAll(Map.of(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true, TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, PemContexts.PEM,
                    TransportConstants.TRUSTSTORE_PATH_PROP_NAME, authorities.toString()));
        }
        return tls;
    }

    private static List<String> protocols(Map<String, String> environment) {
        String text = environment.getOrDefault(NAME + "_PROTOCOLS", String.join(",", KNOWN)).toUpperCase(Locale.ROOT);
        List<String> protocols = Arrays.asList(text.strip().split("\\s*,\\s*"));
        if (!KNOWN.containsAll(protocols)) {
            throw new BrokerException(NAME + "_PROTOCOLS cannot be \"" + text + "\": expected some of " + KNOWN + ", separated by commas");
        }
        return protocols;
    }

    private static int limit(Map<String, String> environment) {
        String text = environment.getOrDefault(NAME + "_LIMIT", String.valueOf(USUAL_LIMIT));
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw new BrokerException(NAME + "_LIMIT cannot be \"" + text + "\": expected the maximum number of bytes of a message", e);
        }
        throw new BrokerException(NAME + "_LIMIT cannot be \"" + text + "\": expected more than 0 bytes");
    }
}
