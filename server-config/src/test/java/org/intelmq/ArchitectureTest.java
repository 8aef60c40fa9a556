package org.intelmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The arrows of the architecture go one way. Think hard before changing this file: a new arrow is one more thing to know for
 * everybody who reads either end. It has no holes: a class of a package that is not in the table fails it, and so does a module
 * that it does not read. What the compiler leaves out of the classes, {@link SourceArrowsTest} finds.
 */
class ArchitectureTest {

    private static final Path REPOSITORY = Path.of("..");
    static final String OURS = "org.intelmq.";
    /** Javadoc with a sentence in it, at the beginning of a file. */
    private static final Pattern PURPOSE = Pattern.compile("(?s)/\\*\\*[\\s*]+[^\\s*/].*?\\.\\s*\\*/\\s+package ");

    /** Each package below {@code org.intelmq}, with all packages below it, and which others it may know; of the engine, each package by itself. */
    static final Map<String, Set<String>> MAY_KNOW = new TreeMap<>();

    static {
        // the API for bots
        allow("text");
        allow("files");
        allow("tls");
        allow("message", "text");
        allow("yaml", "files", "message");
        allow("bot", "message", "text");
        allow("parameters", "bot", "text");
        allow("testing", "bot", "message", "parameters", "text", "yaml");
        // bots, and what several of them share
        allow("archive", "files");
        allow("chunks", "text");
        allow("eventfile", "bot", "files", "message", "text");
        allow("eventdb", "bot", "message");
        allow("stomp", "bot", "tls");
        allow("stream", "bot", "files", "message", "text", "tls");
        allow("sent", "bot", "files");
        allow("mail", "bot", "files", "message", "sent", "text", "tls");
        allow("template", "message", "text");
        allow("bots", "archive", "bot", "chunks", "eventdb", "eventfile", "files", "mail", "message", "sent", "stomp", "stream", "template",
                "text", "tls", "yaml");
        // the engine
        allow("jms");
        allow("pipeline", "bot", "files", "text", "yaml");
        allow("state", "bot", "files", "message");
        allow("network", "bot", "files", "text", "tls");
        allow("upgrade", "files", "message", "pipeline", "yaml");
        allow("catalogue", "bot", "message", "parameters", "pipeline");
        allow("control", "bot", "catalogue", "files", "message", "parameters", "pipeline");
        // within it: what it is made of, what runs, and the four stages of a delivery
        allow("engine.settings", "bot", "control", "message", "parameters", "yaml");
        allow("engine.failure", "bot", "engine.settings", "files", "message", "parameters", "text");
        allow("engine.wire", "bot", "jms", "message", "text");
        allow("engine.observe", "bot", "control", "engine.settings", "files", "message", "parameters", "pipeline", "text");
        allow("engine.lend", "bot", "engine.failure", "engine.settings", "message", "state", "text");
        allow("engine.hosted", "bot", "catalogue", "engine.failure", "engine.lend", "engine.observe", "engine.settings", "engine.wire", "files", "message",
                "parameters", "pipeline", "state", "text");
        allow("engine.check", "bot", "catalogue", "engine.hosted", "engine.lend", "engine.settings", "message", "pipeline", "upgrade", "yaml");
        allow("engine.stream", "bot", "message");
        allow("engine.operate", "bot", "catalogue", "engine.check", "engine.failure", "engine.hosted", "engine.lend", "engine.observe", "engine.settings",
                "engine.stream", "files", "jms", "message", "pipeline");
        allow("engine.nodes", "control", "engine.settings", "jms", "message", "pipeline");
        allow("engine.transaction", "engine.failure", "engine.hosted", "engine.wire", "jms", "message");
        allow("engine.decode", "bot", "engine.failure", "engine.hosted", "engine.observe", "engine.operate", "engine.transaction", "engine.wire", "jms",
                "message", "text");
        allow("engine.step", "bot", "engine.failure", "engine.hosted", "engine.observe", "engine.operate", "engine.settings", "engine.transaction",
                "engine.wire", "message", "pipeline");
        allow("engine.route", "bot", "engine.hosted", "engine.observe", "engine.operate", "engine.settings", "engine.step", "engine.transaction", "jms",
                "message", "pipeline");
        allow("engine.deliver", "bot", "engine.decode", "engine.failure", "engine.hosted", "engine.observe", "engine.operate", "engine.route",
                "engine.settings", "engine.step", "engine.stream", "engine.transaction", "engine.wire", "jms", "message", "pipeline", "state");
        allow("engine", "bot", "catalogue", "control", "engine.check", "engine.deliver", "engine.failure", "engine.hosted", "engine.lend", "engine.nodes",
                "engine.observe", "engine.operate", "engine.settings", "engine.wire", "files", "jms", "message", "parameters", "pipeline", "upgrade", "yaml");
        allow("engine.memory", "bot", "catalogue", "control", "engine", "engine.lend", "engine.observe", "jms", "pipeline");
        allow("engine.workbench", "bot", "catalogue", "engine.hosted", "engine.lend", "engine.observe", "engine.settings", "files", "message",
                "pipeline", "state");
        allow("feeds", "bot", "catalogue", "parameters", "pipeline", "yaml");
        allow("services", "bot", "engine.lend", "network", "pipeline", "state");
        allow("replay", "bot", "catalogue", "engine", "engine.hosted", "engine.lend", "engine.memory", "engine.settings", "message", "parameters", "pipeline",
                "state", "text", "yaml");
        // administration, as plain functions
        allow("access", "files", "message");
        allow("oidc", "access", "parameters", "tls");
        allow("administration", "access", "bot", "catalogue", "control", "engine.check", "engine.observe", "engine.settings", "engine.workbench", "eventdb",
                "feeds", "files", "message", "parameters", "pipeline", "text", "upgrade", "yaml");
        allow("manager", "access", "administration", "catalogue", "control", "engine.check", "files", "message", "pipeline", "yaml");
        allow("conformance", "access", "administration", "bot", "catalogue", "control", "engine", "engine.check", "engine.memory",
                "engine.workbench", "manager", "message", "parameters", "pipeline", "replay", "services", "testing", "text", "tls", "upgrade", "yaml");
        // the container, and what looks in from outside
        allow("host", "access", "administration", "bot", "catalogue", "control", "engine", "engine.check", "engine.observe", "engine.workbench", "jms",
                "message", "oidc", "parameters", "pipeline", "services", "yaml");
        allow("admin", "access", "administration", "bot", "control", "engine.check", "feeds", "host", "manager", "message", "oidc", "pipeline", "yaml");
        allow("bench", "eventdb", "message");
        allow("server", "bench");
        allow("ctl", "access", "administration", "bot", "catalogue", "control", "engine", "engine.check", "engine.hosted", "engine.lend", "engine.memory",
                "eventdb", "feeds", "files", "message", "network", "pipeline", "replay", "services", "text", "upgrade", "yaml");
    }

    static final Map<Path, JavaClasses> MODULES = modules();

    private static void allow(String layer, String... known) {
        MAY_KNOW.put(layer, Set.of(known));
    }

    @Test
    void readsAllModules() throws Exception {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            Set<Path> withSources = new TreeSet<>(files.filter(file -> file.endsWith("src/main/java")).map(file -> file.getParent().getParent().getParent())
                    .toList());
            assertEquals(withSources, new TreeSet<>(MODULES.keySet()));
        }
        MODULES.forEach((module, classes) -> assertFalse(classes.isEmpty(), "no classes of " + module));
    }

    @Test
    void everyArrowIsInTheTable() {
        assertEquals(Set.of(), unknownArrows(all()));
    }

    private static Set<String> unknownArrows(Stream<JavaClass> types) {
        Set<String> unknown = new TreeSet<>();
        types.forEach(type -> {
            String layer = layer(type);
            if (!MAY_KNOW.containsKey(layer)) {
                unknown.add(type.getPackageName() + " is in no layer");
                return;
            }
            ours(type).filter(known -> !layer(known).equals(layer) && !MAY_KNOW.get(layer).contains(layer(known)))
                    .forEach(known -> unknown.add(layer + " -> " + layer(known) + ": " + type.getName() + " knows " + known.getName()));
        });
        return unknown;
    }

    /** In each layer a class that knows all layers that it may not know: each must be found. */
    @Test
    void theWallHasNoHole(@TempDir Path folder) throws IOException {
        Map<String, String> known = new TreeMap<>();
        all().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> known.putIfAbsent(layer(type), type.getName()));
        assertEquals(MAY_KNOW.keySet(), known.keySet(), "each layer has a public class");
        Set<String> planted = new TreeSet<>(Set.of("org.intelmq.nowhere is in no layer"));
        List<Path> sources = new ArrayList<>(List.of(plant(folder, "nowhere", List.of("java.lang.Object"))));
        for (String layer : MAY_KNOW.keySet()) {
            List<String> forbidden = MAY_KNOW.keySet().stream().filter(other -> !other.equals(layer) && !MAY_KNOW.get(layer).contains(other)).toList();
            sources.add(plant(folder, layer, forbidden.stream().map(known::get).toList()));
            forbidden.forEach(other -> planted.add(layer + " -> " + other + ": org.intelmq." + layer + ".Planted knows " + known.get(other)));
        }
        String classPath = MODULES.keySet().stream().map(module -> module.resolve("target/classes").toString()).collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-implicit:none", "-d", folder.resolve("classes").toString(),
                "-cp", classPath + File.pathSeparator + System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new)), said::toString);
        assertEquals(planted, unknownArrows(new ClassFileImporter().importPath(folder.resolve("classes")).stream()));
    }

    private static Path plant(Path folder, String layer, List<String> known) throws IOException {
        Path file = folder.resolve("sources").resolve(layer).resolve("Planted.java");
        Files.createDirectories(file.getParent());
        StringBuilder source = new StringBuilder("package org.intelmq." + layer + ";\nclass Planted {\n");
        for (int i = 0; i < known.size(); i++) {
            source.append("    ").append(known.get(i)).append(" known").append(i).append(";\n");
        }
        return Files.writeString(file, source + "}\n");
    }

    @Test
    void theTableHasNoCircle() {
        Map<String, Set<String>> left = new LinkedHashMap<>(MAY_KNOW);
        while (left.values().removeIf(known -> known.stream().noneMatch(left::containsKey))) {
            // what knows nobody that is left goes next
        }
        assertEquals(Set.of(), left.keySet());
    }

    @Test
    void aPackageIsInOneModule() {
        Map<String, Set<Path>> homes = new TreeMap<>();
        MODULES.forEach((module, classes) -> classes.forEach(type -> homes.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(module)));
        homes.values().removeIf(modules -> modules.size() == 1);
        assertEquals(Map.of(), homes);
    }

    /**
     * Nor is there one between classes of a module: none knows what it is made or called by. A bot and its helpers are one thing, and
     * so are a sealed type and those that it permits.
     */
    @Test
    void noModuleHasACircleOfClasses() {
        SliceAssignment byClass = new SliceAssignment() {

            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(OURS) ? SliceIdentifier.of(type.getName().split("\\$", 2)[0]) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "classes";
            }
        };
        MODULES.forEach((module, classes) -> {
            if (!module.endsWith("ejb-bots/bots") && !module.endsWith("ejb-bots/administration")) {
                SlicesRuleDefinition.slices().assignedFrom(byClass).should().beFreeOfCycles().as(module + " has no circle").check(classes);
            }
        });
    }

    /** In the Javadoc of its {@code package-info}, a bot's package like any other. */
    @Test
    void everyPackageSaysItsPurpose() throws IOException {
        Set<Path> silent = new TreeSet<>();
        for (Path module : MODULES.keySet()) {
            silent.addAll(silentPackages(module.resolve("src/main/java")));
        }
        assertEquals(Set.of(), silent);
    }

    @Test
    void findsPackagesThatSayNothing(@TempDir Path sources) throws IOException {
        Path bot = Files.createDirectories(sources.resolve("org/intelmq/bots/parsers/planted"));
        Files.writeString(bot.resolve("Planted.java"), "package org.intelmq.bots.parsers.planted;\nclass Planted { }\n");
        assertEquals(Set.of(bot), silentPackages(sources));
        Path purpose = bot.resolve("package-info.java");
        Files.writeString(purpose, "/** */\npackage org.intelmq.bots.parsers.planted;\n");
        assertEquals(Set.of(bot), silentPackages(sources));
        Files.writeString(purpose, "/**\n * Reads the planted feed.\n */\npackage org.intelmq.bots.parsers.planted;\n");
        assertEquals(Set.of(), silentPackages(sources));
    }

    private static Set<Path> silentPackages(Path sources) throws IOException {
        Set<Path> silent = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path folder : files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct().toList()) {
                Path purpose = folder.resolve("package-info.java");
                if (Files.notExists(purpose) || !PURPOSE.matcher(Files.readString(purpose)).lookingAt()) {
                    silent.add(folder);
                }
            }
        }
        return silent;
    }

    /** Feeds of one publisher share a folder, so a bot is what lies directly below {@code collectors}, {@code parsers} and so on. */
    @Test
    void aBotKnowsNoOtherBot() {
        Set<String> found = new TreeSet<>();
        all().filter(type -> bot(type) != null).forEach(type -> ours(type).filter(known -> bot(known) != null && !bot(known).equals(bot(type)))
                .forEach(known -> found.add(type.getName() + " knows " + known.getName())));
        assertEquals(Set.of(), found);
    }

    @Test
    void onlyTheEdgesKnowTheContainer() {
        Predicate<String> container = name -> name.startsWith("jakarta.") && Stream.of("persistence", "mail", "activation")
                .noneMatch(plain -> name.startsWith("jakarta." + plain + '.'));
        Set<String> edges = Set.of("admin", "host", "jms");
        Set<String> found = new TreeSet<>();
        all().filter(type -> !edges.contains(layer(type))).forEach(type -> type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass).filter(known -> container.test(known.getName()))
                .forEach(known -> found.add(type.getName() + " knows " + known.getName())));
        assertEquals(Set.of(), found);
    }

    private static Stream<JavaClass> all() {
        return MODULES.values().stream().flatMap(Collection::stream);
    }

    private static Stream<JavaClass> ours(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass).map(JavaClass::getBaseComponentType)
                .filter(known -> known.getPackageName().startsWith(OURS));
    }

    private static String layer(JavaClass type) {
        return layer(type.getPackageName());
    }

    static String layer(String packageName) {
        String[] names = packageName.substring(OURS.length()).split("\\.");
        return names.length > 1 && names[0].equals("engine") ? "engine." + names[1] : names[0];
    }

    /** {@code null} if it is part of no bot. */
    private static String bot(JavaClass type) {
        List<String> parts = List.of(type.getPackageName().split("\\."));
        return parts.size() > 4 && parts.get(2).equals("bots") ? parts.get(3) + '.' + parts.get(4) : null;
    }

    private static Map<Path, JavaClasses> modules() {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            Map<Path, JavaClasses> modules = new TreeMap<>();
            files.filter(file -> file.endsWith("target/classes")).map(file -> file.getParent().getParent())
                    .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                    .forEach(module -> modules.put(module, new ClassFileImporter().importPath(module.resolve("target/classes"))));
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
