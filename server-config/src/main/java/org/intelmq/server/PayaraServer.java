package org.intelmq.server;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Payara Micro in this process, with the application deployed. */
final class PayaraServer implements AutoCloseable {

    private static final String APPLICATION = "intelmq";
    private static final String SERVER = "configs.config.server-config.";

    private static final String LISTENERS = SERVER + "network-config.network-listeners.network-listener.";
    private static final String PROTOCOLS = SERVER + "network-config.protocols.protocol.";
    /** With forward secrecy and authenticated encryption; the first three are TLS 1.3's. */
    private static final String CIPHERS = List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
            .stream().map(name -> "+" + name).collect(Collectors.joining(","));
    private static final int LONGEST_CONNECT_MILLIS = 5000;
    private static final int LONGEST_SILENCE_MILLIS = 10_000;

    private final Layout layout;
    private final Path distribution;
    private final Path logging;
    private final String address;
    private final int port;
    private final ServerTls tls;
    private final StartingPage startingPage;
    private AdminCommandRunner administration;
    private PayaraMicroRuntime runtime;

    /**
     * @param port 0 for a free one
     * @param tls {@code null} without it
     */
    PayaraServer(Layout layout, Path distribution, Path logging, String address, int port, ServerTls tls) {
        this.layout = layout;
        this.distribution = distribution;
        this.logging = logging;
        this.address = address;
        this.tls = tls;
        this.startingPage = new StartingPage(address, port, tls);
        this.port = startingPage.port();
    }

    URI url() {
        return URI.create((tls == null ? "http://" : "https://") + address + ":" + port + "/");
    }

    /** Starts the server without the application. */
    void boot() {
        System.setProperty("intelmq.broker.directory", layout.broker().toString());
        System.setProperty("intelmq.broker.failure-ends-server", "true");
        try {
            prepareFolder();
            runtime = bootstrap();
        } catch (IOException | BootstrapException | ReflectiveOperationException e) {
            throw new ServerException("the application server does not start: " + e.getMessage() + "; see " + layout.serverLog(), e);
        }
    }

    /** Starts our application. */
    void deploy() {
        startingPage.step("the application and its broker");
        deploy(UnpackedApplication.of(distribution.resolve("lib/intelmq.ear"), APPLICATION, distribution.resolve("lib/application"), layout.application()));
    }

    /** @param application an archive, or a folder with its content */
    void deploy(Path application) {
        runtime.deploy(application.toFile());
        // deploy() answers true even if it has failed
        if (!runtime.getDeployedApplicationNames().contains(APPLICATION)) {
            String reason = System.getProperty("intelmq.start-failure");
            throw new ServerException("the application does not start" + (reason == null ? "; see " + layout.serverLog() : ": " + reason));
        }
        listen();
    }

    /** Answers on the port, which has been the starting page's up to now. */
    private void listen() {
        startingPage.close();
        ClusterCommandResult result = administration.run("set", listener() + "enabled=true");
        if (result.getExitStatus() != ClusterCommandResult.ExitStatus.SUCCESS) {
            throw new ServerException("the application server does not accept port " + port + " of " + address + ": " + result.getOutput(),
                    result.getFailureCause());
        }
        try (var connection = new Socket()) {
            connection.connect(new InetSocketAddress(InetAddress.getByName(address), port), LONGEST_CONNECT_MILLIS);
        } catch (IOException e) {
            throw new ServerException("the application server does not listen at port " + port + " of " + address + " (" + e.getMessage()
                    + "); see " + layout.serverLog(), e);
        }
    }

    /** What the application says about its configuration, a line each. */
    List<String> problems() {
        try {
            return List.of((String[]) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("org.intelmq:type=Server"), "Problems"));
        } catch (JMException e) {
            throw new ServerException("the application does not say what is wrong with its configuration: " + e, e);
        }
    }

    /**
     * Stops the bots while all of the server still works. Nothing that the server does after it can lose or double an event.
     *
     * @return how many events wait for the next start; empty if no bots are hosted
     */
    Optional<String> stopBots() {
        try {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            ObjectName server = new ObjectName("org.intelmq:type=Server");
            return beans.isRegistered(server) ? Optional.of((String) beans.invoke(server, "stop", null, null)) : Optional.empty();
        } catch (JMException e) {
            throw new ServerException("the bots cannot be stopped: " + e, e);
        }
    }

    void undeploy() {
        if (runtime.getDeployedApplicationNames().contains(APPLICATION)) {
            runtime.undeploy(APPLICATION);
        }
    }

    /** Stops the bots first, if they are not stopped. */
    @Override
    public void close() throws BootstrapException {
        startingPage.close();
        if (runtime != null) {
            stopBots();
            undeploy();
            runtime.shutdown();
        }
    }

    private PayaraMicroRuntime bootstrap() throws BootstrapException, ReflectiveOperationException {
        // all of the server is on the class path, so its own launcher, which would unpack it first, is left out
        System.setProperty("fish.payara.micro.UnpackDir", layout.payara().toString());
        System.setProperty("fish.payara.micro.BootJar", PayaraMicroBoot.class.getProtectionDomain().getCodeSource().getLocation().toString());
        var server = (PayaraMicroBoot) Class.forName("fish.payara.micro.impl.PayaraMicroImpl").getMethod("getInstance").invoke(null);
        return server.setRootDir(layout.payara().toFile())
                .setLogPropertiesFile(logging.toFile())
                .setPrintLogo(false)
                .setNoCluster(true)
                .setNoHazelcast(true)
                .setHttpPort(port)
                .setPreBootHandler(this::configure)
                .setPostBootHandler(running -> administration = running)
                .bootStrap();
    }

    /** The only one that is ever opened. */
    private String listener() {
        return LISTENERS + (tls == null ? "http-listener." : "https-listener.");
    }

    private void configure(AdminCommandRunner administration) {
        List<String> settings = new ArrayList<>(List.of(
                listener() + "address=" + address,
                listener() + "port=" + port,
                // until the application is there
                LISTENERS + "http-listener.enabled=false",
                LISTENERS + "https-listener.enabled=false",
                // who sends a body, and then nothing, occupies a thread
                SERVER + "network-config.transports.transport.tcp.read-timeout-millis=" + LONGEST_SILENCE_MILLIS,
                // nobody need know what answers
                PROTOCOLS + "http-listener.http.server-header=false",
                PROTOCOLS + "https-listener.http.server-header=false",
                // ours are checked when they are built, and the schemas take longer to read than the descriptors
                SERVER + "admin-service.das-config.deploy-xml-validation=none",
                SERVER + "hazelcast-config-specific-configuration.enabled=false",
                // all bots of a kind share one pool: 150 bots with 4 sessions each must fit
                SERVER + "mdb-container.steady-pool-size=0",
                SERVER + "mdb-container.max-pool-size=4000"));
        if (tls != null) {
            String ssl = PROTOCOLS + "https-listener.ssl.";
            settings.addAll(List.of(ssl + "classname=org.glassfish.grizzly.config.ssl.JSSEImplementation", ssl + "key-store=" + tls.store(),
                    ssl + "key-store-type=JKS", ssl + "key-store-password=" + tls.password(), ssl + "cert-nickname=intelmq",
                    ssl + "tls12-enabled=true", ssl + "tls13-enabled=true", ssl + "ssl3-tls-ciphers=" + CIPHERS));
        }
        for (String setting : settings) {
            ClusterCommandResult result = administration.run("set", setting);
            if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
                throw new ServerException("the application server does not accept the setting " + setting.replaceFirst("password=.*", "password=…") + ": "
                        + result.getOutput(), result.getFailureCause());
            }
        }
        // it tells everybody what the application offers; the interface has a description of its own
        administration.run("set-openapi-configuration", "--enabled=false");
    }

    private void prepareFolder() throws IOException {
        FolderTree.delete(layout.payara());
        Files.createDirectories(layout.payara());
        KeyStores.prepare(layout.payara());
        // Payara's own policy trusts its jars only where it would have unpacked them itself
        Path policy = Files.writeString(layout.payara().resolve("all.policy"), "grant { permission java.security.AllPermission; };\n");
        System.setProperty("java.security.policy", policy.toString());
    }
}
