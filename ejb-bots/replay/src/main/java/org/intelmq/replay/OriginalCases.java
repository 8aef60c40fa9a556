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

/** Runs what was recorded from the original IntelMQ. Only a build tree has it, as a service in a jar of its own. */
public interface OriginalCases {

    /** Runs the cases of one replay, in order. */
    interface Run extends AutoCloseable {

        Outcome replay(Map<String, Object> record) throws Exception;

        /** The outcome of a record that differs on purpose becomes one that has passed, with the reason. */
        Outcome judge(Map<String, Object> record, Outcome outcome) throws Exception;

        /** The differences on purpose that are listed and that no case so far has had. */
        List<String> unmet();
    }

    /**
     * @param continued ids of cases that later ones go on from
     * @param commands  for recorded commands; {@code null} if they cannot be run
     * @param web       for cases with a server outside, which is run on the loopback; {@code null} if none may be run
     */
    Run begin(ReplaySite site, Set<String> continued, CommandRunner commands, Function<HttpParams, Http> web) throws IOException;

    /** The call of a function. */
    static boolean isVector(Map<String, Object> record) {
        return record.containsKey("fn") && record.containsKey("args");
    }

    /** A configuration, an upgrade or a command. */
    static boolean isControl(Map<String, Object> record) {
        return record.containsKey("kind");
    }

    /** Whether it was recorded from the original; cases of users, even of the same bots, have no such entries. */
    static boolean isOriginal(Map<String, Object> record) {
        return isVector(record) || isControl(record) || record.containsKey("class") || record.containsKey("given") || record.containsKey("sent");
    }

    /**
     * Looks for it on the class path and in jars.
     *
     * @param folder with the jars; it need not exist, and may be {@code null}
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
