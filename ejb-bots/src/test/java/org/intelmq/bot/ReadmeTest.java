package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.intelmq.bot.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The page "Write a bot" of the README: its class is compiled, and its feed gives what it shows. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> theExampleDoesWhatItShows() throws Exception {
        String page = Files.readString(README);
        page = page.substring(page.indexOf("## Write a bot"), page.indexOf("## Operate"));
        BotType<?> type = compile(block(page, "java"));
        Path cases = Files.createDirectories(folder.resolve("cases/two-servers")).getParent();
        Files.writeString(cases.resolve("two-servers/feed.csv"), block(page, "csv"));
        Files.writeString(cases.resolve("two-servers/expected.json"), block(page, "json"));
        return BotCases.in(cases, type);
    }

    private static String block(String page, String language) {
        return BLOCK.matcher(page).results().filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).findFirst()
                .orElseThrow(() -> new AssertionError("the README has no " + language + " block in this part"));
    }

    private static BotType<?> compile(String source) throws IOException, ReflectiveOperationException {
        Matcher name = Pattern.compile("package ([\\w.]+);.*public final class (\\w+)", Pattern.DOTALL).matcher(source);
        assertEquals(true, name.find(), "the example begins with a package and a public final class");
        Path file = Files.writeString(folder.resolve(name.group(2) + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
            boolean compiled = compiler.getTask(messages, files, null, null, null, files.getJavaFileObjects(file)).call();
            assertEquals(true, compiled, messages.toString());
        }
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ReadmeTest.class.getClassLoader());
        return (BotType<?>) loader.loadClass(name.group(1) + "." + name.group(2)).getField("TYPE").get(null);
    }
}
