package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server of a test's own on Open Liberty, which listens at a free port of the loopback address. */
public final class OpenLiberty implements ApplicationServer {

    private static final String NAME = "intelmq";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final Path program;
    private final Path folder;
    private final ServerCommand command;
    private final int port;
    private Path root;

    /**
     * @param server as unpacked, which stays as it is
     * @param folder for the server's own files
     */
    public OpenLiberty(Path server, Path folder) throws IOException {
        this.program = server.resolve("bin/server");
        this.folder = folder;
        this.port = ServerProcess.freePort();
        this.command = new ServerCommand(folder.resolve("output"), Map.of("JAVA_HOME", System.getProperty("java.home"),
                "WLP_USER_DIR", folder.toString(), "INTELMQ_URL", "http://127.0.0.1:" + port + "/"));
    }

    private Path servers() {
        return folder.resolve("servers");
    }

    @Override
    public void deploy(Path place) throws IOException {
        root = place;
        Path server = Files.createDirectories(servers().resolve(NAME));
        Files.writeString(server.resolve("server.xml"), """
                <server>
                    <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                </server>
                """.formatted(port));
        command.run(ServerProcess.distribution().resolve("share/deploy-open-liberty").toString(), server.toString(), root.toString());
        start();
    }

    @Override
    public void start() throws IOException {
        command.run(program.toString(), "start", NAME);
        Api api = Api.of(root);
        // the program returns when the server listens, which may be before the application is there
        await().atMost(LONGEST_START).ignoreExceptions().until(() -> api.call("GET", "health/ready", "").statusCode() == 200);
    }

    @Override
    public void stop() throws IOException {
        command.run(program.toString(), "stop", NAME, "--timeout=120s");
    }

    @Override
    public void kill() throws IOException {
        ServerCommand.kill(servers().resolve(".pid/" + NAME + ".pid"));
    }
}
