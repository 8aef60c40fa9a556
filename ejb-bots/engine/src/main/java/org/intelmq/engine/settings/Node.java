package org.intelmq.engine.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.intelmq.yaml.ConfigurationFileException;

/**
 * One of the servers that share a broker. Immutable.
 *
 * @param name   by which the parameter {@code nodes} means it
 * @param shares whether there may be others
 */
public record Node(String name, boolean shares) {

    private static final String VARIABLE = "INTELMQ_NODE";
    private static final String UNNAMED = "localhost";

    /**
     * As {@code INTELMQ_NODE} says, or else the host's name.
     *
     * @throws ConfigurationFileException if it cannot be a name
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
            // a machine that does not know itself has a name in its environment, or none
            return UNNAMED;
        }
    }
}
