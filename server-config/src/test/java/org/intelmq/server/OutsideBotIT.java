package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.intelmq.bot.BotPack;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Sample;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's bot in the real server: one that never ends when it is closed holds up no stop forever. */
class OutsideBotIT {

    private static final String PACK = "org.example.Pack";
    private static final String SOURCE = """
            package org.example;

            import java.util.List;
            import java.util.concurrent.locks.LockSupport;
            import org.intelmq.bot.*;
            import org.intelmq.message.Message;

            public final class Pack implements BotPack, Bot<Message> {

                private boolean used;

                @Override
                public List<BotType<?>> types() {
                    return List.of(BotType.expert("org.example.stuck", "Stuck", "Does not close.", NoParams.class, (params, context) -> new Pack()));
                }

                @Override
                public void process(Message event, Outbox out) {
                    used = true;
                    event.add("extra.note", "seen");
                    out.send(event);
                }

                @Override
                public void close() {
                    while (used) {
                        LockSupport.park();
                    }
                }
            }
            """;

    @TempDir
    private Path root;

    @Test
    void isFoundInItsJarAndCannotPreventAStop() throws Exception {
        Sample sample = Sample.in(root);
        writeJar(Files.createDirectories(root.resolve("var/lib/bot-jars")).resolve("stuck.jar"));
        Path runtime = root.resolve("etc/runtime.yaml");
        Files.writeString(runtime, Files.readString(runtime).replace("intelmq.bots.experts.taxonomy.expert", "org.example.stuck"));

        try (ServerProcess server = ServerProcess.start(root)) {
            sample.awaitThrough(Api.of(root));
            long asked = System.nanoTime();
            assertEquals(0, server.stop(), server.console());
            Duration took = Duration.ofNanos(System.nanoTime() - asked);
            assertTrue(took.toSeconds() < 60, "the stop took " + took);
            assertTrue(server.console().contains("The server has not stopped within 30 s, so it ends now. No event is lost"), server.console());
        }
        sample.check();
        assertTrue(Files.readString(root.resolve("var/lib/bots/file-output/events.txt")).contains("\"extra.note\": \"seen\""), "the bot has changed events");
    }

    private void writeJar(Path jar) throws IOException {
        Path source = Files.writeString(Files.createDirectories(root.resolve("source")).resolve("Pack.java"), SOURCE);
        Path classes = Files.createDirectories(root.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            assertTrue(compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjects(source)).call(), "the bot compiles");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> compiled = Files.walk(classes)) {
            out.putNextEntry(new ZipEntry("META-INF/services/" + BotPack.class.getName()));
            out.write(PACK.getBytes(StandardCharsets.UTF_8));
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }
}
