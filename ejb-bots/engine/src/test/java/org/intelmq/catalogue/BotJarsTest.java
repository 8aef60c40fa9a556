package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.intelmq.bot.BotPack;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotJarsTest {

    private static final String SERVICE = "META-INF/services/" + BotPack.class.getName();

    @TempDir
    private Path folder;
    private Path jars;

    @BeforeEach
    void makeFolder() throws IOException {
        jars = Files.createDirectories(folder.resolve("jars"));
    }

    private void jar(String name, Map<String, byte[]> content) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve(name)))) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A pack of one expert with the module. */
    private byte[] pack(String module) throws IOException {
        return compile("""
                package org.example;
                import java.util.List;
                import org.intelmq.bot.*;
                import org.intelmq.message.Message;
                public final class Pack implements BotPack {
                    @Override
                    public List<BotType<?>> types() {
                        return List.of(BotType.expert("%s", "Same", "Same.", NoParams.class, (params, context) -> (Message event, Outbox out) -> { }));
                    }
                }
                """.formatted(module));
    }

    /** @param source of the class {@code org.example.Pack} */
    private byte[] compile(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
            assertEquals(true, compiler.getTask(null, manager, null, List.of("-proc:none"), null, List.of(new SimpleJavaFileObject(
                    URI.create("string:///org/example/Pack.java"), SimpleJavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoring) {
                    return source;
                }
            })).call());
        }
        return Files.readAllBytes(folder.resolve("org/example/Pack.class"));
    }

    private Catalogue load() {
        return Catalogue.load(getClass().getClassLoader(), jars);
    }

    private Problem problem(Severity severity, String jar, String text) {
        return new Problem(null, null, severity, "bot jar " + jars.resolve(jar) + " " + text);
    }

    @Test
    void jarsThatChangeWhileTheServerRunsNeedARestart() throws Exception {
        Files.writeString(jars.resolve("broken.jar"), "PK");
        Catalogue catalogue = load();
        assertEquals(Set.of(), catalogue.changedJars());
        assertEquals(1, catalogue.problems().size());

        Files.delete(jars.resolve("broken.jar"));
        jar("new.jar", Map.of(SERVICE, bytes("org.example.Pack"), "org/example/Pack.class", pack("org.example.late")));
        assertEquals(Set.of("broken.jar", "new.jar"), catalogue.changedJars());
        assertEquals(List.of(new Problem(null, null, Severity.WARNING, "bot jars in " + jars + " were added, replaced or removed since the server "
                + "started: broken.jar, new.jar. Restart the server to use what is there now")), catalogue.problems());

        BotConfiguration late = new BotConfiguration("late", null, "Expert", "org.example.late", null, true, "continuous", Map.of(), Map.of(), Map.of(),
                "late-queue");
        String text = new BotFactory(Installation.at(folder), catalogue, null).check(late, null, null).get(0).text();
        assertEquals("bot 'late': module cannot be \"org.example.late\": expected one listed by 'intelmqctl list bots'. If it is in one of the jars "
                + "broken.jar, new.jar, which have changed since the server started, restart the server", text);
    }

    @Test
    void oneJarThatCannotBeUsedKeepsNoOtherOut() throws Exception {
        jar("b-good.jar", Map.of(SERVICE, bytes("# ours\norg.example.Pack # one\n"), "org/example/Pack.class", pack("org.example.same")));
        byte[] whole = Files.readAllBytes(jars.resolve("b-good.jar"));
        Files.write(jars.resolve("a-cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        jar("c-library.jar", Map.of("some/thing.txt", bytes("x")));
        jar("d-mistyped.jar", Map.of(SERVICE, bytes("org.example.Nope")));
        jar("e-other.jar", Map.of(SERVICE, bytes("java.lang.Object")));
        jar("f-newer.jar", Map.of(SERVICE, bytes("org.example.Pack")));

        Catalogue catalogue = load();
        assertNotNull(catalogue.find("org.example.same"));
        assertNotNull(catalogue.find("intelmq.bots.experts.taxonomy.expert"));
        String cut = catalogue.problems().get(0).text();
        assertEquals(true, cut.startsWith("bot jar " + jars.resolve("a-cut.jar") + " cannot be read (") && cut.contains(": copy it again"), cut);
        assertEquals(List.of(
                problem(Severity.WARNING, "c-library.jar", "offers no bots, because it has no " + SERVICE + " that names a class; other jars may use its "
                        + "classes"),
                problem(Severity.ERROR, "d-mistyped.jar", "offers no bots: its " + SERVICE + " names org.example.Nope, which is not in it. Correct that"
                        + " file, or build the jar again"),
                problem(Severity.ERROR, "e-other.jar", "offers no bots: java.lang.Object in its " + SERVICE + " is not a BotPack"),
                problem(Severity.ERROR, "f-newer.jar", "has the class org.example.Pack, and so has b-good.jar, which is used: remove one of the two")),
                catalogue.problems().subList(1, catalogue.problems().size()));
    }

    @Test
    void saysHowToMendAPackThatCannotBeMade() throws Exception {
        String source = """
                package org.example;
                %s implements org.intelmq.bot.BotPack {
                    %s
                    @Override
                    public java.util.List<org.intelmq.bot.BotType<?>> types() {
                        return java.util.List.of();
                    }
                }
                """;
        assertEquals("offers no bots: org.example.Pack cannot be used from outside. Make the class public, and its constructor",
                complaint(compile(source.formatted("final class Pack", ""))));
        assertEquals("offers no bots: org.example.Pack has no constructor without parameters. Give it a public one",
                complaint(compile(source.formatted("public final class Pack", "public Pack(int number) { }"))));
        byte[] newer = compile(source.formatted("public final class Pack", ""));
        ByteBuffer.wrap(newer).putShort(6, Short.MAX_VALUE);
        String told = complaint(newer);
        assertEquals(true, told.startsWith("offers no bots: it was compiled for a newer Java than the server's (org/example/Pack ")
                && told.endsWith("). Compile it with <maven.compiler.release>17</maven.compiler.release>"), told);
    }

    /** Of the only jar, which holds this class. */
    private String complaint(byte[] pack) throws IOException {
        jar("own.jar", Map.of(SERVICE, bytes("org.example.Pack"), "org/example/Pack.class", pack));
        List<Problem> problems = load().problems();
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0).text().substring(("bot jar " + jars.resolve("own.jar") + " ").length());
    }

    @Test
    void ourBotsComeFirst() throws Exception {
        jar("twin.jar", Map.of(SERVICE, bytes("org.example.Pack"), "org/example/Pack.class", pack("intelmq.bots.experts.taxonomy.expert")));
        Catalogue catalogue = load();
        assertEquals("Taxonomy", catalogue.find("intelmq.bots.experts.taxonomy.expert").name());
        assertEquals(List.of(problem(Severity.ERROR, "twin.jar", "has bots that are left out, because other bots have the same module: "
                + "[intelmq.bots.experts.taxonomy.expert]. Give them other modules")), catalogue.problems());
    }

    @Test
    void aFolderThatIsMissingIsEmpty() throws IOException {
        Files.delete(jars);
        assertEquals(List.of(), load().problems());
    }
}
