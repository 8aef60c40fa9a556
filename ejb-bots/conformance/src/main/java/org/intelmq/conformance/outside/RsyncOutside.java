package org.intelmq.conformance.outside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;
import org.intelmq.replay.ReplayServices;

/** The machine's rsync, files that it finds, a daemon of its own, and an ssh that only notes what it is told. */
final class RsyncOutside implements Outside {

    /** Of the bots that fetch with rsync. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of("files", "rsync_daemon");
        }

        @Override
        public boolean isIn(Map<String, Object> record) {
            return String.valueOf(record.get("bot")).contains(".collectors.rsync.");
        }

        @Override
        public Set<String> compared() {
            return Set.of("ssh_command_lines", "after.temp_directory", "after.private_key_file", "after.mode");
        }

        @Override
        public String missing() {
            return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "rsync")))
                    ? null : "the program rsync";
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) throws Exception {
            return new RsyncOutside(Plain.map(record.get("given")), folder);
        }
    }

    private static final String KEY = "privkey_dir_test-bot/private.key";
    private static final long PATIENCE_MILLIS = 10_000;

    private final Path files;
    private final Path programs;
    private Process daemon;
    private int port;

    private RsyncOutside(Map<String, Object> given, Path folder) throws Exception {
        this.files = folder;
        this.programs = Files.createDirectories(folder.resolveSibling("programs"));
        lay(folder, Plain.map(given.get("files")));
        Path ssh = Files.writeString(programs.resolve("ssh"), "#!/bin/sh\necho \"$@\" >> '" + programs + "/told'\nexit 5\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        if (given.containsKey("rsync_daemon")) {
            serve(Plain.map(given.get("rsync_daemon")));
        }
    }

    private static void lay(Path folder, Map<String, Object> contents) throws IOException {
        for (Map.Entry<String, Object> file : contents.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue() instanceof Markers.Bytes marked ? marked.content() : file.getValue().toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void serve(Map<String, Object> given) throws IOException, InterruptedException {
        Path module = Files.createDirectories(programs.resolve("module"));
        lay(module, Plain.map(given.get("files")));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(programs.resolve("rsyncd.conf"), "use chroot = no\nuid = " + System.getProperty("user.name") + "\ngid = *\n["
                + given.get("module") + "]\npath = " + module + "\n");
        daemon = new ProcessBuilder("rsync", "--daemon", "--no-detach", "--address=127.0.0.1", "--port=" + port, "--config=" + configuration)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!listens()) {
            if (System.currentTimeMillis() > until || !daemon.isAlive()) {
                throw new IOException("the rsync daemon does not listen on port " + port);
            }
            Thread.sleep(20);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Map<String, Object> places() {
        Map<String, Object> places = new LinkedHashMap<>();
        places.put("root", files.toString());
        places.put("temp", files.resolveSibling("temp").toString());
        places.put("state", data().toString());
        places.put(PORT, (long) port);
        return places;
    }

    /** Where the bot keeps what it needs. */
    private Path data() {
        return files.resolveSibling("data");
    }

    @Override
    public void attach(ReplayServices services) {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.merge("PATH", programs.toString(), (path, ours) -> ours + ':' + path);
        services.environment(environment);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws IOException {
        Map<String, Object> sent = Plain.map(record.get("sent"));
        Map<String, Object> after = Plain.map(record.get("after"));
        if (sent.containsKey("ssh_command_lines")) {
            Path told = programs.resolve("told");
            comparison.compare("sent.ssh_command_lines", withoutFlags(String.join("\n", Plain.<String>list(sent.get("ssh_command_lines")))),
                    Files.exists(told) ? withoutFlags(Files.readString(told).strip()) : null);
        }
        if (after.containsKey("temp_directory")) {
            comparison.compare("after.temp_directory", after.get("temp_directory"),
                    names(Path.of(String.valueOf(Plain.map(record.get("parameters")).get("temp_directory")))));
        }
        if (after.containsKey("private_key_file")) {
            Path key = data().resolve(KEY);
            comparison.compare("after.private_key_file", after.get("private_key_file"), Files.readString(key));
            int mode = Files.getPosixFilePermissions(key).stream().mapToInt(right -> 0400 >> right.ordinal()).sum();
            comparison.compare("after.mode", after.get("mode"), "0o" + Integer.toOctalString(mode));
        }
    }

    /** What two versions of rsync tell each other they can do. */
    private static String withoutFlags(String commandLine) {
        return commandLine.replaceAll(" -e\\.\\S+", " -e.*");
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly();
        }
    }
}
