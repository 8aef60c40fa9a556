package org.intelmq.engine.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * One of the servers that share a broker. Immutable.
 *
 * @param name the name used for it in the parameter {@code nodes}
 * @param shares whether other servers may use the broker too
 */
public record Node(String name, boolean shares) {

    private static final String VARIABLE = "INTELMQ_NODE";
    private static final String UNNAMED = "localhost";

    /**
     * As {@code INTELMQ_NODE} says, or else the host's name.
     *
     * @throws ConfigurationFileException if that is not a valid name
     */
    public static Node of(Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        if (!given.isEmpty() && !NodeNames.isName(given)) {
            throw new ConfigurationFileException("environment variable " + VARIABLE + " cannot be \"" + given + "\": expected a name made of letters, "
                    + "digits, '.', '_' and '-', and neither all nor one", null);
        }
        return new Node(given.isEmpty() ? host() : given, !environment.getOrDefault("INTELMQ_BROKER", "").isBlank());
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return NodeNames.isName(host) ? host : UNNAMED;
        } catch (UnknownHostException e) {
            // a machine that cannot resolve its own name may have it in its environment
            return UNNAMED;
        }
    }
}
