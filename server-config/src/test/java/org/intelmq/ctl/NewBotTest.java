package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class NewBotTest {

    @TempDir
    private Path project;

    @TestFactory
    Stream<DynamicNode> whatIsWrittenCompilesAndPassesItsCase() throws Exception {
        Stream<DynamicNode> tests = Stream.empty();
        for (BotGroup group : BotGroup.values()) {
            Path folder = project.resolve(group.name());
            new NewBot(folder, group, "example_thing").write();
            Path classes = compile(folder);
            BotPack pack = pack(folder, classes);
            BotType<?> type = pack.types().get(0);
            assertEquals(group, type.group());
            Path cases = folder.resolve("src/test/java/org/example/bots/example_thing/cases");
            tests = Stream.concat(tests, group == BotGroup.COLLECTOR ? Stream.of(DynamicTest.dynamicTest("collector", () -> runTest(classes)))
                    : BotCases.in(cases, type));
        }
        return tests;
    }

    /** So that it builds offline on a machine on which this project was built. */
    @Test
    void usesThePluginsOfOurOwnBuild() throws Exception {
        new NewBot(project, BotGroup.PARSER, "first").write();
        Map<String, String> used = plugins(Files.readString(project.resolve("pom.xml")));
        Map<String, String> own = plugins(Files.readString(Path.of("../pom.xml")));
        assertEquals(Set.of("maven-compiler-plugin", "maven-resources-plugin", "maven-surefire-plugin", "maven-jar-plugin"), used.keySet());
        own.keySet().retainAll(used.keySet());
        assertEquals(own, used);
        assertEquals(used, plugins(Files.readString(Path.of("src/main/distribution/share/doc/write-bots.md"))));
    }

    private static Map<String, String> plugins(String pom) {
        Map<String, String> versions = new TreeMap<>();
        Matcher plugin = Pattern
                .compile("<plugin>(?:\\s*<groupId>[^<]*</groupId>)?\\s*<artifactId>([^<]*)</artifactId>\\s*<version>([^<]*)</version>").matcher(pom);
        while (plugin.find()) {
            versions.put(plugin.group(1), plugin.group(2));
        }
        return versions;
    }

    @Test
    void aSecondBotJoinsTheFirst() throws Exception {
        new NewBot(project, BotGroup.PARSER, "first").write();
        List<Path> written = new NewBot(project, BotGroup.EXPERT, "second").write();

        assertTrue(written.stream().noneMatch(file -> file.endsWith("pom.xml")), "the project is kept");
        assertEquals("org.example.bots.first.FirstParserPack\norg.example.bots.second.SecondExpertPack\n",
                Files.readString(project.resolve("src/main/resources/META-INF/services/org.intelmq.bot.BotPack")));
    }

    @Test
    void saysWhatAForeignProjectLacks() throws Exception {
        NewBot bot = new NewBot(project, BotGroup.PARSER, "first");
        Files.writeString(project.resolve("pom.xml"), "<project><artifactId>junit-jupiter</artifactId></project>");
        bot.write();
        assertEquals(project.resolve("pom.xml") + " was kept as it is, but does not mention <artifactId>intelmq-api</artifactId>,"
                + " <artifactId>intelmq-testing</artifactId>, <directory>src/test/java</directory>. Unless its parent does, copy these parts from the"
                + " pom.xml in share/doc/write-bots.md; then 'mvn test' runs the bot's test.", bot.nextStep());

        Files.delete(project.resolve("pom.xml"));
        NewBot second = new NewBot(project, BotGroup.EXPERT, "second");
        second.write();
        assertTrue(second.nextStep().startsWith("'mvn test' runs its test"), second.nextStep());
    }

    @Test
    void aServiceFileWithoutLastLineEndStaysWhole() throws Exception {
        new NewBot(project, BotGroup.PARSER, "first").write();
        Path services = project.resolve("src/main/resources/META-INF/services/org.intelmq.bot.BotPack");
        Files.writeString(services, Files.readString(services).strip());
        new NewBot(project, BotGroup.EXPERT, "second").write();
        assertEquals("org.example.bots.first.FirstParserPack\norg.example.bots.second.SecondExpertPack\n", Files.readString(services));
    }

    @Test
    void overwritesNothing() throws Exception {
        new NewBot(project, BotGroup.PARSER, "first").write();
        assertThrows(FileAlreadyExistsException.class, () -> new NewBot(project, BotGroup.PARSER, "first").write());
    }

    @Test
    void namesWhatIsExpected() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new NewBot(project, BotGroup.PARSER, "../Evil")).getMessage()
                .startsWith("NAME cannot be \"../Evil\": expected"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new NewBot(project, BotGroup.PARSER, "class")).getMessage()
                .startsWith("NAME cannot be \"class\": expected"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> NewBot.kind("robot")).getMessage().startsWith("KIND cannot be \"robot\": expected"));
    }

    /** The guide's project and the one that is written are the same. */
    @Test
    void writesTheProjectOfTheGuide() throws Exception {
        String guide = Files.readString(Path.of("src/main/distribution/share/doc/write-bots.md"));
        new NewBot(project, BotGroup.PARSER, "first").write();
        assertTrue(guide.contains("```xml\n" + Files.readString(project.resolve("pom.xml")) + "```"), "pom.xml of the guide");
    }

    private static Path compile(Path folder) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        List<Path> sources;
        try (Stream<Path> found = Files.walk(folder.resolve("src"))) {
            sources = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            boolean compiled = compiler.getTask(messages, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources)).call();
            assertEquals(true, compiled, messages.toString());
        }
        return classes;
    }

    /** The one that is written for a collector, which has no cases. */
    private static void runTest(Path classes) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, NewBotTest.class.getClassLoader());
        Constructor<?> test = loader.loadClass("org.example.bots.example_thing.ExampleThingCollectorTest").getDeclaredConstructor();
        test.setAccessible(true);
        Method method = Stream.of(test.getDeclaringClass().getDeclaredMethods()).filter(each -> each.isAnnotationPresent(Test.class)).findFirst().orElseThrow();
        method.setAccessible(true);
        method.invoke(test.newInstance());
    }

    private static BotPack pack(Path folder, Path classes) throws Exception {
        String name = Files.readString(folder.resolve("src/main/resources/META-INF/services/org.intelmq.bot.BotPack")).strip();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, NewBotTest.class.getClassLoader());
        return (BotPack) loader.loadClass(name).getDeclaredConstructor().newInstance();
    }
}
