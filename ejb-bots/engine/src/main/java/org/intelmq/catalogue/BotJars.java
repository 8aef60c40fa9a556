package org.intelmq.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.intelmq.bot.BotPack;
import org.intelmq.bot.BotType;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** Users' own bots, found in the jars of one folder. A jar that cannot be used is a problem, but it stops no other bot from running. */
final class BotJars {

    private static final String SERVICE = "META-INF/services/" + BotPack.class.getName();

    private final Set<String> taken;
    private final List<BotType<?>> types = new ArrayList<>();
    private final List<URL> feedLists = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Path, List<Problem>> ofJars = new LinkedHashMap<>();
    private final JarFolder folder;

    /**
     * @param folder may be missing
     * @param ours   modules that are taken
     */
    BotJars(Path folder, ClassLoader parent, Set<String> ours) {
        taken = new HashSet<>(ours);
        Map<Path, List<String>> packs = new LinkedHashMap<>();
        this.folder = read(folder);
        for (Path jar : this.folder.jars()) {
            try {
                packs.put(jar, packs(jar));
            } catch (IOException e) {
                report(jar, Severity.ERROR, "cannot be read (" + e.getMessage() + "): copy it again, and make sure that the server may read it");
            }
        }
        if (!packs.isEmpty()) {
            URLClassLoader loader = new URLClassLoader(packs.keySet().stream().map(BotJars::url).toArray(URL[]::new), parent);
            Map<String, Path> homes = new LinkedHashMap<>();
            packs.forEach((jar, names) -> names.forEach(name -> {
                Path twin = homes.putIfAbsent(name, jar);
                if (twin == null) {
                    add(jar, name, loader);
                } else {
                    report(jar, Severity.ERROR, "has the class " + name + ", and so has " + twin.getFileName() + ", which is used: remove one of the two");
                }
            }));
        }
    }

    List<BotType<?>> types() {
        return types;
    }

    List<URL> feedLists() {
        return feedLists;
    }

    /** Also of jars that were changed since: the server goes on with what it has read. */
    List<Problem> problems() {
        Set<String> changed = changed();
        List<Problem> current = new ArrayList<>(problems);
        ofJars.forEach((jar, itsProblems) -> {
            if (!changed.contains(jar.getFileName().toString())) {
                current.addAll(itsProblems);
            }
        });
        if (!changed.isEmpty()) {
            current.add(new Problem(null, null, Severity.WARNING, "bot jars in " + folder.folder()
                    + " were added, replaced or removed since the server started: " + String.join(", ", changed)
                    + ". Restart the server to use what is there now"));
        }
        return current;
    }

    /** The names of jars that were added, replaced or removed since they were read. */
    Set<String> changed() {
        return folder.changed();
    }

    private JarFolder read(Path jars) {
        try {
            return JarFolder.read(jars);
        } catch (IOException e) {
            problems.add(new Problem(null, null, Severity.ERROR, "the folder of bot jars, " + jars + ", cannot be read: " + e));
            return new JarFolder(jars, Map.of());
        }
    }

    private List<String> packs(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry service = file.getJarEntry(SERVICE);
            List<String> names = service == null ? List.of() : names(file, service);
            if (names.isEmpty()) {
                report(jar, Severity.WARNING, "offers no bots, because it has no " + SERVICE + " that names a class; other jars may use its classes");
            }
            return names;
        }
    }

    private static List<String> names(JarFile file, JarEntry service) throws IOException {
        try (InputStream in = file.getInputStream(service)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty()).distinct().toList();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(Path jar, String name, ClassLoader loader) {
        try {
            Object made = loader.loadClass(name).getDeclaredConstructor().newInstance();
            if (!(made instanceof BotPack pack)) {
                report(jar, Severity.ERROR, "offers no bots: " + name + " in its " + SERVICE + " is not a " + BotPack.class.getSimpleName());
                return;
            }
            URL feeds = pack.feeds();
            List<BotType<?>> offered = pack.types();
            List<String> twins = offered.stream().map(BotType::module).filter(taken::contains).toList();
            if (!twins.isEmpty()) {
                report(jar, Severity.ERROR, "has bots that are left out, because other bots have the same module: " + twins + ". Give them other modules");
            }
            types.addAll(offered.stream().filter(type -> taken.add(type.module())).toList());
            if (feeds != null) {
                feedLists.add(feeds);
            }
        } catch (ClassNotFoundException e) {
            report(jar, Severity.ERROR, "offers no bots: its " + SERVICE + " names " + name
                    + ", which is not in it. Correct that file, or build the jar again");
        } catch (IllegalAccessException e) {
            report(jar, Severity.ERROR, "offers no bots: " + name + " cannot be used from outside. Make the class public, and its constructor");
        } catch (NoSuchMethodException e) {
            report(jar, Severity.ERROR, "offers no bots: " + name + " has no constructor without parameters. Give it a public one");
        } catch (UnsupportedClassVersionError e) {
            report(jar, Severity.ERROR, "offers no bots: it was compiled for a newer Java than the server's (" + e.getMessage()
                    + "). Compile it with <maven.compiler.release>17</maven.compiler.release>");
        } catch (InvocationTargetException e) {
            report(jar, Severity.ERROR, "offers no bots: " + name + " cannot be made: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            report(jar, Severity.ERROR, "offers no bots: " + name + " cannot be made: " + e);
        }
    }

    private void report(Path jar, Severity severity, String text) {
        ofJars.computeIfAbsent(jar, missing -> new ArrayList<>()).add(new Problem(null, null, severity, "bot jar " + jar + " " + text));
    }
}
