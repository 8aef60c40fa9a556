package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server of a test's own on WildFly, which listens at free ports of the loopback address. */
public final class WildFly implements ApplicationServer {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Path server;
    private final Path folder;
    private final int http;
    private final int management;
    private final ServerCommand command;
    private Process process;
    private Path root;

    /**
     * @param server as unpacked, which gets nothing but a module
     * @param folder for the server's own files
     */
    public WildFly(Path server, Path folder) throws IOException {
        this.server = server;
        this.folder = folder;
        this.http = ServerProcess.freePort();
        this.management = ServerProcess.freePort();
        this.command = new ServerCommand(folder.resolve("output"), Map.of("JAVA_HOME", System.getProperty("java.home"),
                "WILDFLY_CONTROLLER", "127.0.0.1:" + management, "INTELMQ_URL", "http://127.0.0.1:" + http + "/"));
        ServerCommand.copy(server.resolve("standalone"), base());
    }

    private Path base() {
        return folder.resolve("standalone");
    }

    private Path pid() {
        return folder.resolve("pid");
    }

    private String commandLine() {
        return server.resolve("bin/jboss-cli.sh").toString();
    }

    @Override
    public void deploy(Path place) throws IOException {
        root = place;
        launch();
        await().atMost(LONGEST).ignoreExceptions().until(() -> status(management, "management") > 0);
        command.run(ServerProcess.distribution().resolve("share/deploy-wildfly").toString(), commandLine(), root.toString());
    }

    @Override
    public void start() throws IOException {
        launch();
        await().atMost(LONGEST).ignoreExceptions().until(() -> status(http, "health/ready") == 200);
    }

    private void launch() throws IOException {
        Files.deleteIfExists(pid());
        var builder = new ProcessBuilder(List.of(server.resolve("bin/standalone.sh").toString(), "-b", "127.0.0.1", "-bmanagement", "127.0.0.1",
                "-Djboss.server.base.dir=" + base(), "-Djboss.http.port=" + http, "-Djboss.https.port=" + ServerProcess.freePort(),
                "-Djboss.management.http.port=" + management));
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "LAUNCH_JBOSS_IN_BACKGROUND", "true",
                "JBOSS_PIDFILE", pid().toString()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("console").toFile()));
        process = builder.start();
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void stop() throws IOException {
        command.run(commandLine(), "--connect", "--controller=127.0.0.1:" + management, "--command=shutdown");
        await().atMost(LONGEST).until(() -> !process.isAlive());
    }

    @Override
    public void kill() throws IOException {
        if (process == null || !process.isAlive()) {
            return;
        }
        await().atMost(LONGEST).until(() -> Files.exists(pid()));
        ServerCommand.kill(pid());
        // the program that has started the server ends with it
        await().atMost(LONGEST).until(() -> !process.isAlive());
    }
}
