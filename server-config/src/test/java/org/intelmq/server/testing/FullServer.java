package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A domain of a test's own on a full application server that has {@code asadmin}, Payara Server or GlassFish. It listens at free ports of
 * the loopback address.
 */
public final class FullServer implements ApplicationServer {

    private static final String DOMAIN = "intelmq";

    private final Path server;
    private final Path folder;
    private final ServerCommand command;

    /**
     * @param server    as unpacked, which stays as it is
     * @param folder    for the domain
     * @param variables of its environment
     */
    public FullServer(Path server, Path folder, Map<String, String> variables) throws IOException {
        this.server = server;
        this.folder = folder;
        int administration = ServerProcess.freePort();
        int http = ServerProcess.freePort();
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(Map.of("AS_JAVA", System.getProperty("java.home"), "AS_ADMIN_PORT", String.valueOf(administration),
                "INTELMQ_URL", "http://127.0.0.1:" + http + "/"));
        this.command = new ServerCommand(folder.resolve("output"), all);
        ServerCommand.copy(server.resolve("glassfish/domains/domain1"), domains().resolve(DOMAIN));
        Path configuration = domains().resolve(DOMAIN).resolve("config/domain.xml");
        String domain = Files.readString(configuration)
                .replace("\"0.0.0.0\"", "\"127.0.0.1\"")
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"4848\"", listener(administration))
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"8080\"", listener(http))
                .replaceAll("<network-listener (address=\"127.0.0.1\" )?port=\"8181\"", listener(ServerProcess.freePort()))
                .replace("<hazelcast-config-specific-configuration>", "<hazelcast-config-specific-configuration enabled=\"false\">");
        for (String fixed : List.of("3700", "3820", "3920", "8686")) {
            domain = domain.replace("port=\"" + fixed + "\"", "port=\"" + ServerProcess.freePort() + "\"");
        }
        for (String fixed : List.of("osgi.shell.telnet.port=6666", "\"7676\"")) {
            domain = domain.replace(fixed, fixed.replaceAll("[0-9]+", String.valueOf(ServerProcess.freePort())));
        }
        Files.writeString(configuration, domain);
    }

    private static String listener(int port) {
        return "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"";
    }

    private Path domains() {
        return folder.resolve("domains");
    }

    @Override
    public void deploy(Path root) throws IOException {
        start();
        command.run(ServerProcess.distribution().resolve("share/deploy-payara-server").toString(), program(), root.toString());
    }

    @Override
    public void start() throws IOException {
        command.run(program(), "start-domain", "--domaindir", domains().toString(), DOMAIN);
    }

    @Override
    public void stop() throws IOException {
        command.run(program(), "stop-domain", "--domaindir", domains().toString(), DOMAIN);
    }

    @Override
    public void kill() throws IOException {
        ServerCommand.kill(domains().resolve(DOMAIN).resolve("config/pid"));
    }

    private String program() {
        return server.resolve("bin/asadmin").toString();
    }
}
