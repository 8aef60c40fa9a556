package org.intelmq.jms.artemis;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.intelmq.jms.BrokerException;

/**
 * The address of an external broker, and who connects: from {@code INTELMQ_BROKER} and the variables that begin with it.
 *
 * @param text as it was given, for messages; contains no password
 * @param servers the primary and its backups
 * @param user {@code null} without one
 * @param password {@code null} without one
 * @param check whether the broker's address settings are only compared, and not changed
 */
record ExternalAddress(String text, List<TransportConfiguration> servers, String user, String password, boolean check) {

    private static final String NAME = "INTELMQ_BROKER";
    private static final String EXPECTED = "expected tcp://HOST:PORT, or ssl://HOST:PORT for TLS, several separated by commas";
    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");
    private static final int USUAL_PORT = 61616;

    /** Empty if none is named, so that the broker is embedded. */
    static Optional<ExternalAddress> from(Map<String, String> environment) {
        String text = environment.getOrDefault(NAME, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> tls = tls(environment);
        List<TransportConfiguration> servers = new ArrayList<>();
        for (String each : text.split("\\s*,\\s*")) {
            servers.add(server(each, tls));
        }
        String settings = environment.getOrDefault(NAME + "_SETTINGS", "make");
        if (!settings.equals("make") && !settings.equals("check")) {
            throw new BrokerException(NAME + "_SETTINGS cannot be \"" + settings + "\": expected make (the server makes its queues' address "
                    + "settings in the broker) or check (it only compares them)");
        }
        return Optional.of(new ExternalAddress(withoutParameters(text), List.copyOf(servers), environment.get(NAME + "_USER"),
                Environment.secret(environment, NAME + "_PASSWORD"), settings.equals("check")));
    }

    private static TransportConfiguration server(String text, Map<String, Object> tls) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new BrokerException(NAME + " cannot be \"" + withoutParameters(text) + "\": " + EXPECTED, e);
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new BrokerException(NAME + " cannot be \"" + (uri.getUserInfo() == null ? withoutParameters(text) : uri.getScheme() + "://…") + "\": "
                    + EXPECTED + "; the user is set in " + NAME + "_USER and " + NAME + "_PASSWORD");
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, uri.getHost());
        parameters.put(TransportConstants.PORT_PROP_NAME, uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
        if (uri.getScheme().equals("ssl") || !tls.isEmpty()) {
            parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            parameters.putAll(tls);
        }
        for (String parameter : uri.getQuery() == null ? new String[0] : uri.getQuery().split("[&;]")) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (equals < 0 || !TransportConstants.ALLOWABLE_CONNECTOR_KEYS.contains(key)) {
                throw new BrokerException(NAME + ": Artemis has no connection parameter \"" + key + "\"; it has "
                        + new TreeSet<>(TransportConstants.ALLOWABLE_CONNECTOR_KEYS));
            }
            parameters.put(key, parameter.substring(equals + 1));
        }
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters, text);
    }

    /** In the form that {@link PemContexts} understands. */
    private static Map<String, Object> tls(Map<String, String> environment) {
        Map<String, Object> tls = new LinkedHashMap<>();
        Path authorities = Environment.file(environment, NAME + "_TLS_CA");
        Path certificate = Environment.file(environment, NAME + "_TLS_CERTIFICATE");
        Path key = Environment.file(environment, NAME + "_TLS_KEY");
        if (certificate == null != (key == null)) {
            throw new BrokerException(NAME + "_TLS_CERTIFICATE and " + NAME + "_TLS_KEY belong together: name both, or none");
        }
        if (authorities != null) {
            tls.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, PemContexts.PEM);
            tls.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, authorities.toString());
        }
        if (certificate != null) {
            tls.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, PemContexts.PEM);
            tls.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, PemContexts.pair(certificate, key));
        }
        return tls;
    }

    /** Parameters may contain passwords. */
    private static String withoutParameters(String text) {
        return text.replaceAll("\\?[^,]*", "");
    }
}
