package org.intelmq.conformance.outside;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.util.urlstreamhandler.classpath.Handler;

/** Apache Qpid's broker on the loopback, with the user guest and everything in memory. */
final class AmqpServer implements AutoCloseable {

    private static final String CONFIGURATION = """
            {"name": "broker", "modelVersion": "9.0",
             "authenticationproviders": [{"name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                 "users": [{"name": "guest", "password": "guest", "type": "managed"}]}],
             "ports": [{"name": "amqp", "port": %d, "bindingAddress": "127.0.0.1", "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
                 "virtualhostaliases": [{"name": "by-name", "type": "nameAlias"}, {"name": "default", "type": "defaultAlias"}]}],
             "virtualhostnodes": [{"name": "default", "type": "Memory", "defaultVirtualHostNode": true,
                 "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]}
            """;

    /** Held, so that it stays silent. */
    private static final Logger LOG = Logger.getLogger("org.apache.qpid");

    static {
        // the broker's own files have such addresses; Java itself looks for their handler on the class path, where this jar is not
        URL.setURLStreamHandlerFactory(protocol -> protocol.equals("classpath") ? new Handler() : null);
    }

    private final SystemLauncher launcher;
    private final int port;

    private AmqpServer(SystemLauncher launcher, int port) {
        this.launcher = launcher;
        this.port = port;
    }

    static AmqpServer start(Path folder) throws Exception {
        LOG.setLevel(Level.OFF);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        Path work = Files.createDirectory(folder.resolveSibling("amqp"));
        Map<String, Object> settings = new HashMap<>();
        settings.put("type", "Memory");
        settings.put("initialConfigurationLocation", Files.writeString(work.resolve("broker.json"), CONFIGURATION.formatted(port)).toString());
        settings.put("startupLoggedToSystemOut", false);
        settings.put("context", Map.of("qpid.work_dir", work.toString()));
        SystemLauncher launcher = new SystemLauncher();
        launcher.startup(settings);
        return new AmqpServer(launcher, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        launcher.shutdown();
    }
}
