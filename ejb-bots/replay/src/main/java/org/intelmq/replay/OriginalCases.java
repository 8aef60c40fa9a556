package org.intelmq.replay;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;

/** Runs cases that were recorded from the original IntelMQ. Only a build tree has this, as a service in a separate jar. */
public interface OriginalCases {

    /** Runs the cases of one replay, in order. */
    interface Run extends AutoCloseable {

        Outcome replay(Map<String, Object> record) throws Exception;

        /** Turns the outcome of a record that differs on purpose into one that has passed, with the reason. */
        Outcome judge(Map<String, Object> record, Outcome outcome) throws Exception;

        /** Listed differences on purpose that no case has shown so far. */
        List<String> unmet();
    }

    /**
     * @param continued ids of cases that later ones continue
     * @param commands runs recorded commands; {@code null} if they cannot be run
     * @param web runs the outside server of a case, on the loopback address; {@code null} if none may be run
     */
    Run begin(ReplaySite site, Set<String> continued, CommandRunner commands, Function<HttpParams, Http> web) throws IOException;

    /** Whether it is a call of a function. */
    static boolean isVector(Map<String, Object> record) {
        return record.containsKey("fn") && record.containsKey("args");
    }

    /** Whether it is a configuration, an upgrade or a command. */
    static boolean isControl(Map<String, Object> record) {
        return record.containsKey("kind");
    }

    /** Whether it was recorded from the original; users' own cases, even of the same bots, have no such entries. */
    static boolean isOriginal(Map<String, Object> record) {
        return isVector(record) || isControl(record) || record.containsKey("class") || record.containsKey("given") || record.containsKey("sent");
    }

    /**
     * Looks for the service on the class path and in jars.
     *
     * @param folder with the jars; may be missing or {@code null}
     * @throws IOException if the folder cannot be read
     */
    static Optional<OriginalCases> find(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                    jars.add(url(file));
                }
            }
        }
        // stays open: its classes are loaded as the cases need them, until the process ends
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), OriginalCases.class.getClassLoader());
        return ServiceLoader.load(OriginalCases.class, loader).findFirst();
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
