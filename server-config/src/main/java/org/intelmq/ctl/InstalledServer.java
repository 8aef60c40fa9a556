package org.intelmq.ctl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.Installation;

/** The server of an installation as a process: found through {@code var/run/server.json}, started in the background, stopped. */
final class InstalledServer {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int LONGEST_CONNECT_MILLIS = 2000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Installation installation;

    private record Address(long pid, URI url, ServerConnection connection) {

        /** Its process is not known: the file is written before it starts. */
        private boolean isOfApplicationServer() {
            return pid == 0;
        }
    }

    InstalledServer(Installation installation) {
        this.installation = installation;
    }

    /** Empty if no server is running. */
    Optional<RemoteControl> control() {
        return rest().map(RemoteControl::new);
    }

    /** For requests that are not about bots and queues; empty if no server is running. */
    Optional<RestClient> rest() {
        return address().map(address -> new RestClient(address.connection()));
    }

    private Optional<Address> address() {
        Path file = installation.run().resolve("server.json");
        try {
            Map<?, ?> content = (Map<?, ?>) Json.parse(Files.readString(file));
            URI url = URI.create((String) content.get("url"));
            Address address = new Address((Long) content.get("pid"), url,
                    new ServerConnection(url, (String) content.get("token"), (String) content.get("certificate")));
            return Optional.of(address).filter(InstalledServer::runs);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JsonException | ClassCastException | NullPointerException e) {
            throw new NoServerException(file + " cannot be read, so the server cannot be reached: " + e + ". It belongs to the user who runs the server.", e);
        }
    }

    private static boolean runs(Address address) {
        return address.isOfApplicationServer() ? listens(address.url())
                : ProcessHandle.of(address.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static boolean listens(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? HTTPS : HTTP;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), LONGEST_CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the server and waits until it hosts the bots. */
    RemoteControl start(Output output) throws IOException, InterruptedException {
        Path log = installation.log().resolve("server-start.log");
        PrivateFiles.createDirectories(installation.log());
        output.say("Starting the server...");
        Process process = launch(List.of(program(), "run", "--root", installation.root().toString()), log);
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<RemoteControl> control = control().filter(RemoteControl::isReady);
            if (control.isPresent()) {
                return control.get();
            }
            if (!process.isAlive()) {
                throw new NoServerException("The server did not start:\n" + Files.readString(log).strip());
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new NoServerException("The server is not ready after " + LONGEST_START.toSeconds() + " s; see " + log + ".");
    }

    /** In a session of its own, so that it outlives the terminal. */
    private static Process launch(List<String> command, Path log) throws IOException {
        for (String detach : List.of("setsid", "nohup")) {
            List<String> detached = new ArrayList<>(List.of(detach));
            detached.addAll(command);
            try {
                return new ProcessBuilder(detached).redirectErrorStream(true).redirectOutput(log.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
            } catch (IOException e) {
                if (detach.equals("nohup")) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException();
    }

    private static String program() {
        String home = System.getProperty("intelmq.home");
        if (home == null) {
            throw new NoServerException("The server does not run, and its installation was not found: start it with 'intelmq run'.");
        }
        return Path.of(home, "bin", "intelmq").toString();
    }

    /** Stops the server in an orderly way; returns false if none is running. */
    boolean stop() throws InterruptedException {
        Optional<Address> address = address();
        if (address.filter(Address::isOfApplicationServer).isPresent()) {
            throw new NoServerException("The bots run in an application server: stop that with its own command.");
        }
        Optional<ProcessHandle> process = address.flatMap(running -> ProcessHandle.of(running.pid()));
        if (process.isEmpty()) {
            return false;
        }
        process.get().destroy();
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        while (process.get().isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new NoServerException("The server (process " + process.get().pid() + ") is still running after " + LONGEST_STOP.toSeconds() + " s.");
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return true;
    }
}
