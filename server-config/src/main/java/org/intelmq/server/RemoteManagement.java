package org.intelmq.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.security.auth.Subject;

/**
 * JMX over one port of the loopback address. The JVM's own agent opens a second, random one on every address, and knows no
 * password but one in a file; here it is the server's token.
 */
final class RemoteManagement implements AutoCloseable {

    static final String USER = "intelmq";

    private final Registry registry;
    private final JMXConnectorServer connector;

    private RemoteManagement(Registry registry, JMXConnectorServer connector) {
        this.registry = registry;
        this.connector = connector;
    }

    /** @param port {@code null} for none */
    static RemoteManagement at(Integer port, String token) {
        if (port == null) {
            return null;
        }
        // the address in what the registry hands out; without it clients are sent to the machine's name
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        try {
            var sockets = new LoopbackSockets();
            Registry registry = LocateRegistry.createRegistry(port, null, sockets);
            Map<String, Object> environment = new HashMap<>();
            environment.put(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, sockets);
            environment.put(JMXConnectorServer.AUTHENTICATOR, (JMXAuthenticator) given -> authenticate(given, token));
            String host = "127.0.0.1:" + port;
            JMXConnectorServer connector = JMXConnectorServerFactory.newJMXConnectorServer(
                    new JMXServiceURL("service:jmx:rmi://" + host + "/jndi/rmi://" + host + "/jmxrmi"), environment,
                    ManagementFactory.getPlatformMBeanServer());
            connector.start();
            return new RemoteManagement(registry, connector);
        } catch (IOException e) {
            throw new ServerException("JMX cannot use port " + port + " of 127.0.0.1: " + e.getMessage() + "; choose another with --jmx-port", e);
        }
    }

    private static Subject authenticate(Object given, String token) {
        if (given instanceof String[] pair && pair.length == 2 && USER.equals(pair[0]) && pair[1] != null
                && MessageDigest.isEqual(pair[1].getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            var subject = new Subject();
            subject.getPrincipals().add(new JMXPrincipal(USER));
            return subject;
        }
        throw new SecurityException("user and password are the jmx_user and the token in var/run/server.json");
    }

    @Override
    public void close() throws IOException {
        connector.stop();
        UnicastRemoteObject.unexportObject(registry, true);
    }

    private static final class LoopbackSockets implements RMIServerSocketFactory {

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        }

        // equal factories let registry and connector share the port
        @Override
        public boolean equals(Object other) {
            return other instanceof LoopbackSockets;
        }

        @Override
        public int hashCode() {
            return LoopbackSockets.class.hashCode();
        }
    }
}
