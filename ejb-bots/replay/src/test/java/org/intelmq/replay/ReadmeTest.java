package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.testing.BotCases;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the README. "Write a bot": its classes are compiled, its jar is found, and its feed gives what it shows.
 * "Test your configuration": the case goes through the distribution's pipeline.
 */
class ReadmeTest {

    private static final Path README = Path.of("../..", "README.md");
    private static final Path PIPELINE = Path.of("../..", "server-config/src/main/distribution/etc/runtime.yaml");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("package ([\\w.]+);.*?class (\\w+)", Pattern.DOTALL);
    private static final String MODULE = "intelmq.bots.parsers.example.parser_servers";

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> theExampleDoesWhatItShows() throws Exception {
        String page = Files.readString(README);
        page = page.substring(page.indexOf("## Write a bot"), page.indexOf("## Operate"));
        pack(compile(blocks(page, "java")), "org.example.servers.ServersPack");
        BotType<?> type = Catalogue.load(ReadmeTest.class.getClassLoader(), folder).find(MODULE);
        assertNotNull(type, "the bot of the jar is in the catalogue");

        Path cases = Files.createDirectories(folder.resolve("cases/two-servers")).getParent();
        Files.writeString(cases.resolve("two-servers/feed.csv"), blocks(page, "csv").get(0));
        Files.writeString(cases.resolve("two-servers/expected.json"), blocks(page, "json").get(0));
        return BotCases.in(cases, type);
    }

    @Test
    void theRecordedCaseHoldsWhatItShows() throws Exception {
        String page = Files.readString(README);
        page = page.substring(page.indexOf("### Test your configuration"), page.indexOf("### On an application server"));
        List<String> examples = blocks(page, "json");
        Path file = Files.writeString(folder.resolve("cases.jsonl"), examples.get(0));
        Site site = new Site(Installation.at(folder), Map.of(), Catalogue.load(ReadmeTest.class.getClassLoader()), PIPELINE, null);

        assertEquals(1, new PipelineRecorder(site, null).complete(file));
        Map<?, ?> arrived = (Map<?, ?>) ((Map<?, ?>) Json.parse(Files.readString(file))).get("output");
        assertEquals(((Map<?, ?>) Json.parse(examples.get(1))).get("file-output"), arrived.get("file-output"));
        assertEquals(Set.of("file-output", "sql-output"), arrived.keySet());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(0, new Replay(new Replay.Options(List.of(file), Set.of(), false, false, false), site, new PrintStream(out), null).run(), out::toString);
    }

    private static List<String> blocks(String page, String language) {
        List<String> blocks = BLOCK.matcher(page).results().filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).toList();
        assertTrue(!blocks.isEmpty(), "the README has no " + language + " block in this part");
        return blocks;
    }

    /** Returns the folder with the classes. */
    private static Path compile(List<String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            Matcher name = CLASS.matcher(source);
            assertTrue(name.find(), "each example begins with its package");
            Path file = folder.resolve("sources").resolve(name.group(1).replace('.', '/')).resolve(name.group(2) + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source));
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            boolean compiled = compiler.getTask(messages, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files)).call();
            assertEquals(true, compiled, messages.toString());
        }
        return classes;
    }

    private static void pack(Path classes, String pack) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("servers.jar"));
             JarOutputStream jar = new JarOutputStream(file);
             Stream<Path> paths = Files.walk(classes)) {
            jar.putNextEntry(new JarEntry("META-INF/services/org.intelmq.bot.BotPack"));
            jar.write(pack.getBytes(StandardCharsets.UTF_8));
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(path));
            }
        }
    }
}
