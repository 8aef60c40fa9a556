package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/intelmq} up to where it calls Java, which here is a script that says what it was called with. */
class LauncherTest {

    private static final Path DISTRIBUTION = Path.of("src/main/distribution");

    @TempDir
    private Path folder;
    private Path home;
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("home");
        root = folder.resolve("root");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        for (String file : List.of("bin/intelmq", "bin/intelmqctl", "lib/java.sh", "lib/classes.sh", "lib/owner.sh", "lib/command-line.sh")) {
            Files.copy(DISTRIBUTION.resolve(file), home.resolve(file));
        }
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private String run(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, "intelmq", "run", "--root", root.toString());
    }

    private String run(Map<String, String> environment, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", home.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("INTELMQ_"));
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        Process launcher = builder.start();
        String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, launcher.waitFor(), said);
        return said;
    }

    private static String archive(String said, String option) {
        return Stream.of(said.split(" ")).filter(word -> word.startsWith(option)).findFirst().orElseThrow(() -> new AssertionError(said))
                .substring(option.length());
    }

    private List<String> installed() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return List.copyOf(new TreeSet<>(files.map(Path::toString).toList()));
        }
    }

    @Test
    void keepsWhatTheJvmHasLearntWithTheRoot() throws Exception {
        List<String> before = installed();
        Path written = Path.of(archive(run(Map.of()), "-XX:ArchiveClassesAtExit="));
        assertEquals(root.resolve("var/lib"), written.getParent());
        assertEquals(before, installed(), "the installation stays as it is");

        Files.writeString(written, "learnt");
        assertEquals(written.toString(), archive(run(Map.of()), "-XX:ArchiveClassesAtExit="), "the server was not ready: it has met few classes");

        Files.writeString(Path.of(archive(run(Map.of()), "-Dintelmq.classes-met=")), "");
        Files.writeString(written, "learnt");
        assertEquals(written.toString().replace(".jsa.new", ".jsa"), archive(run(Map.of()), "-XX:SharedArchiveFile="));
    }

    @Test
    void usesWhatIsReadyBesideTheJars() throws Exception {
        String name = Path.of(archive(run(Map.of()), "-XX:ArchiveClassesAtExit=")).getFileName().toString().replace(".new", "");
        Path ready = Files.writeString(home.resolve("lib").resolve(name), "ready");
        assertEquals(ready.toString(), archive(run(Map.of()), "-XX:SharedArchiveFile="));
    }

    @Test
    void keepsItInAnotherFolderIfToldSo() throws Exception {
        Path other = folder.resolve("other");
        assertEquals(other, Path.of(archive(run(Map.of("INTELMQ_CLASSES", other.toString())), "-XX:ArchiveClassesAtExit=")).getParent());
    }

    /** Commands that say who is asking, and to whom the folders belong. */
    private Map<String, String> asRoot(String owner) throws IOException {
        Path commands = Files.createDirectories(folder.resolve("commands"));
        Map<String, String> scripts = Map.of("id", "[ \"$1\" = -g ] && echo 77 || echo 0", "stat", "[ -e \"$5\" ] && echo " + owner,
                "setpriv", "echo setpriv \"$@\"");
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Path file = Files.writeString(commands.resolve(script.getKey()), "#!/bin/sh\n" + script.getValue() + "\n");
            assertTrue(file.toFile().setExecutable(true));
        }
        Files.createDirectories(root.resolve("etc"));
        return Map.of("PATH", commands + ":" + System.getenv("PATH"), "INTELMQ_ROOT_DIR", root.toString());
    }

    @Test
    void rootWorksAsTheUserToWhomTheFoldersBelong() throws Exception {
        assertEquals("setpriv --reuid 7 --regid 77 --init-groups -- " + home.resolve("bin/intelmqctl") + " user list\n",
                run(asRoot("7 8 intelmq"), "intelmqctl", "user", "list"));
        assertEquals("setpriv --reuid 7 --regid 8 --clear-groups -- " + home.resolve("bin/intelmq") + " run --root " + root + "\n",
                run(asRoot("7 8 UNKNOWN")));
        assertTrue(run(asRoot("7 8 intelmq"), "intelmqctl", "--root", folder.toString(), "check").contains("IntelmqCtl --root " + folder + " check"),
                "where nothing is that could belong to anybody");
        assertTrue(run(asRoot("0 0 root"), "intelmqctl", "user", "list").contains("org.intelmq.ctl.IntelmqCtl user list"), "folders of root's own");
    }

    @Test
    void usesWhatIsReadyWhereItsPointersSay() throws Exception {
        Path written = Path.of(archive(run(Map.of()), "-XX:ArchiveClassesAtExit="));
        Files.writeString(written, "learnt");
        Files.writeString(Path.of(written + ".met"), "");
        assertEquals("0", archive(run(Map.of()), "-XX:ArchiveRelocationMode="));
    }

    @Test
    void asksNoLaterJavaForAnArchive() throws Exception {
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"26.0.1\"\n");
        String said = run(Map.of());
        assertTrue(said.contains("-Xshare:auto"), said);
        assertFalse(said.contains("jsa"), said);
    }

    /** Java writes what it has learnt when it ends. */
    private void letJavaLearn() throws IOException {
        Files.writeString(folder.resolve("java/bin/java"), """
                #!/bin/sh
                for option; do
                    case $option in
                        -XX:ArchiveClassesAtExit=*|-Dintelmq.classes-met=*) echo learnt > "${option#*=}" ;;
                        -Dintelmq.root=*) mkdir -p -m 700 "${option#*=}/var/lib/application/version/intelmq" ;;
                    esac
                done
                echo "$@"
                """);
        Files.createDirectories(home.resolve("etc/sample"));
        Files.writeString(home.resolve("etc/sample/feodo-tracker.json"), "[]");
    }

    @Test
    void preparesTheFirstStart() throws Exception {
        letJavaLearn();
        String said = run(Map.of(), "intelmq", "prepare").strip();
        Path ready = Path.of(said.substring(said.lastIndexOf(' ') + 1));
        assertEquals(home.resolve("lib"), ready.getParent());
        assertTrue(Files.getPosixFilePermissions(ready).contains(PosixFilePermission.OTHERS_READ), "the server is another user's");
        assertEquals(ready.toString(), archive(run(Map.of()), "-XX:SharedArchiveFile="));
        Path application = home.resolve("lib/application/version/intelmq");
        assertTrue(Files.getPosixFilePermissions(application).contains(PosixFilePermission.OTHERS_EXECUTE), "the server is another user's");
    }

    @Test
    void saysWhyNothingIsPrepared() throws Exception {
        assertTrue(failure("the start could not be prepared: Java has not written").contains(".jsa.new whole"));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"21.0.1\"\n");
        failure("nothing can be prepared with Java 21, only with 17 to 20");
    }

    private String failure(String expected) throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("etc/sample"));
        Files.writeString(home.resolve("etc/sample/feodo-tracker.json"), "[]");
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/intelmq").toString(), "prepare").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process launcher = builder.start();
        String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, launcher.waitFor(), said);
        assertTrue(said.contains(expected), said);
        return said;
    }
}
