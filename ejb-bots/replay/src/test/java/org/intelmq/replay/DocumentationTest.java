package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show is true: their files are compiled, packed and tested, their cases are replayed, their links lead somewhere. */
class DocumentationTest {

    private static final Path REPOSITORY = Path.of("../..");
    private static final Path PAGES = REPOSITORY.resolve("server-config/src/main/distribution/share/doc");
    private static final Path PIPELINE = REPOSITORY.resolve("server-config/src/main/distribution/etc/runtime.yaml");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE_NAME = Pattern.compile("`(src/[\\w./-]+)`");
    private static final Pattern FOLDER = Pattern.compile("^src/(main|test)/(java|resources)/");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> theBotsOfTheGuidePassTheirTests() throws Exception {
        Map<String, String> files = files(Files.readString(PAGES.resolve("write-bots.md")));
        Path classes = compile(files);
        pack(classes, folder);
        assertEquals(List.of("intelmq.bots.collectors.example.collector_alarms", "intelmq.bots.collectors.example.collector_incidents",
                "intelmq.bots.experts.example.expert_blocklist", "intelmq.bots.experts.example.expert_priority",
                "intelmq.bots.outputs.example.output_tickets", "intelmq.bots.parsers.example.parser_servers"),
                Catalogue.load(getClass().getClassLoader(), folder).types().stream().map(type -> type.module())
                        .filter(module -> module.contains(".example.")).toList());
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : files.keySet()) {
            if (file.endsWith("Test.java")) {
                tests.addAll(tests(loader.loadClass(FOLDER.matcher(file).replaceFirst("").replace(".java", "").replace('/', '.'))));
            }
        }
        assertTrue(tests.size() > 1, "the guide has tests");
        return tests.stream();
    }

    /** The feed of the parser's case, through the bots that the guide adds to the pipeline of the distribution. */
    @Test
    void theBotsOfTheGuideRunInItsPipeline(@TempDir Path root) throws Exception {
        String guide = Files.readString(PAGES.resolve("write-bots.md"));
        Map<String, String> files = files(guide);
        pack(compile(files), root);
        Installation installation = Installation.at(root);
        Files.createDirectories(installation.runtimeConfiguration().getParent());
        Files.writeString(installation.runtimeConfiguration(), Files.readString(PIPELINE) + "\n" + blocks(guide, "yaml").get(0));
        Catalogue catalogue = Catalogue.load(getClass().getClassLoader(), root);
        assertEquals(List.of(), new ConfigurationCheck(installation, catalogue, Map.of(), null).run(null, bot -> false).problems().stream()
                .filter(problem -> problem.severity().isFailing() || String.valueOf(problem).contains("example-")).toList());

        String feed = files.get("src/test/java/org/example/bots/cases/two-servers/feed.csv");
        Path file = Files.writeString(root.resolve("cases.jsonl"),
                Json.write(Map.of("bot", "example-parser", "input", List.of(Map.of("__type", "Report", "raw", feed)))));
        assertEquals(1, new PipelineRecorder(new ReplaySite(installation, Map.of(), catalogue, null, null), null).complete(file));
        Map<?, ?> recorded = (Map<?, ?>) Json.parse(Files.readString(file));
        for (String output : List.of("file-output", "example-tickets")) {
            List<?> arrived = (List<?>) ((Map<?, ?>) recorded.get("output")).get(output);
            assertEquals(List.of("198.51.100.7"), arrived.stream().map(event -> ((Map<?, ?>) event).get("source.ip")).toList(), output);
        }
        assertEquals(2, ((List<?>) ((Map<?, ?>) recorded.get("error")).get("example-parser")).size());
    }

    @Test
    void theProjectOfTheGuideHasTheVersionsOfThisOne() throws IOException {
        String guide = Files.readString(PAGES.resolve("write-bots.md"));
        String parent = Files.readString(REPOSITORY.resolve("pom.xml"));
        assertTrue(guide.contains("<version>" + property(parent, "junit.version") + "</version>"), "JUnit");
        for (String module : List.of("api", "testing")) {
            String artifact = between(Files.readString(REPOSITORY.resolve("ejb-bots/" + module + "/pom.xml")), "</parent>", "<packaging>").strip();
            assertTrue(guide.contains(artifact), artifact);
        }
        assertTrue(guide.contains(between(parent, "<artifactId>intelmq</artifactId>", "<packaging>").strip()), "the version of this project");
    }

    @Test
    void theRecordedCaseHoldsWhatItShows() throws Exception {
        String page = Files.readString(PAGES.resolve("operate.md"));
        List<String> examples = blocks(page.substring(page.indexOf("## Test your configuration")), "json");
        Path file = Files.writeString(folder.resolve("cases.jsonl"), examples.get(0));
        ReplaySite site = new ReplaySite(Installation.at(folder), Map.of(), Catalogue.load(getClass().getClassLoader()), PIPELINE, null);

        assertEquals(1, new PipelineRecorder(site, null).complete(file));
        Map<?, ?> arrived = (Map<?, ?>) ((Map<?, ?>) Json.parse(Files.readString(file))).get("output");
        assertEquals(((Map<?, ?>) Json.parse(examples.get(1))).get("file-output"), arrived.get("file-output"));
        assertEquals(Set.of("file-output", "sql-output"), arrived.keySet());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(0, new Replay(new Replay.Options(List.of(file), Set.of(), false, false, false), site, new PrintStream(out), null).run(), out::toString);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(REPOSITORY.resolve("README.md")));
        try (Stream<Path> found = Files.walk(PAGES.getParent())) {
            found.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** The blocks of a page that have a file name in the text before them, by that name. */
    private static Map<String, String> files(String page) {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(page);
        int end = 0;
        while (block.find()) {
            Matcher name = FILE_NAME.matcher(page.substring(end, block.start()));
            String last = null;
            while (name.find()) {
                last = name.group(1);
            }
            if (last != null) {
                files.put(last, block.group(2));
            }
            end = block.end();
        }
        assertFalse(files.isEmpty(), "the page shows files");
        return files;
    }

    private static List<String> blocks(String page, String language) {
        return BLOCK.matcher(page).results().filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).toList();
    }

    private static List<DynamicTest> tests(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            method.setAccessible(true);
            if (method.isAnnotationPresent(Test.class)) {
                tests.add(DynamicTest.dynamicTest(type.getSimpleName() + '.' + method.getName(), () -> method.invoke(constructor.newInstance())));
            } else if (method.isAnnotationPresent(TestFactory.class)) {
                ((Stream<?>) method.invoke(constructor.newInstance())).forEach(test -> tests.add((DynamicTest) test));
            }
        }
        return tests;
    }

    /** Returns the folder with classes and resources. */
    private static Path compile(Map<String, String> files) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            boolean isSource = file.getKey().endsWith(".java");
            Path path = (isSource ? folder.resolve("sources") : classes).resolve(FOLDER.matcher(file.getKey()).replaceFirst(""));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (isSource) {
                sources.add(path);
            }
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

    private static void pack(Path classes, Path jars) throws IOException {
        try (OutputStream file = Files.newOutputStream(jars.resolve("example-bots.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> paths = Files.walk(classes)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(path));
            }
        }
    }

    private static String property(String pom, String name) {
        return between(pom, "<" + name + ">", "</" + name + ">");
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
