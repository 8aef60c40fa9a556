package org.intelmq.bots.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.PemKeys;
import org.intelmq.tls.Tls;

/** Apache Qpid's broker speaking AMQP 0-9-1 on the loopback, one for all tests of this run; each test takes queues of its own. */
public final class AmqpBroker {

    private static final String CONFIGURATION = """
            {"name": "broker", "modelVersion": "9.0",
             "authenticationproviders": [{"name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                 "users": [{"name": "guest", "password": "guest", "type": "managed"}]}],
             %2$s
             "ports": [{"name": "amqp", "port": %1$d, "bindingAddress": "127.0.0.1", "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"], %3$s
                 "virtualhostaliases": [{"name": "by-name", "type": "nameAlias"}, {"name": "default", "type": "defaultAlias"}]}],
             "virtualhostnodes": [{"name": "default", "type": "Memory", "defaultVirtualHostNode": true,
                 "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]}
            """;

    private static AmqpBroker running;

    private final int port;
    private final PemKeys keys;

    private AmqpBroker(PemKeys keys) throws Exception {
        this.keys = keys;
        String store = keys == null ? "" : "\"keystores\": [{\"name\": \"own\", \"type\": \"FileKeyStore\", \"storeUrl\": \"" + keys.store()
                + "\", \"keyStoreType\": \"PKCS12\", \"password\": \"" + PemKeys.PASSWORD + "\"}],";
        String transport = keys == null ? "" : "\"transports\": [\"SSL\"], \"keyStore\": \"own\",";
        port = FreePort.find();
        Path folder = Files.createTempDirectory("qpid-");
        Map<String, Object> settings = new HashMap<>();
        settings.put("type", "Memory");
        Path configuration = Files.writeString(folder.resolve("broker.json"), CONFIGURATION.formatted(port, store, transport));
        settings.put("initialConfigurationLocation", configuration.toString());
        settings.put("startupLoggedToSystemOut", false);
        settings.put("context", Map.of("qpid.work_dir", folder.toString()));
        new SystemLauncher().startup(settings);
    }

    /** Starts it if it does not run yet. */
    public static synchronized AmqpBroker running() throws Exception {
        if (running == null) {
            running = new AmqpBroker(null);
        }
        return running;
    }

    /** Another one, which speaks TLS alone. */
    public static AmqpBroker encrypted(PemKeys keys) throws Exception {
        return new AmqpBroker(keys);
    }

    public int port() {
        return port;
    }

    /** To be closed. */
    public Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("localhost");
        factory.setPort(port);
        if (keys != null) {
            factory.useSslProtocol(Tls.context(null, Tls.authorities(keys.certificate())));
        }
        return factory.newConnection();
    }

    /** Makes a queue. */
    public void queue(String name) throws Exception {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(name, true, false, false, null);
        }
    }

    /** Makes an exchange and binds a queue of its name to all keys. */
    public void exchange(String name, String type) throws Exception {
        queue(name);
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.exchangeDeclare(name, type, true);
            channel.queueBind(name, name, "#");
        }
    }
}
