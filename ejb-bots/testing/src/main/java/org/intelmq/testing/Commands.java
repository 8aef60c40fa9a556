package org.intelmq.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that tests may use. */
public final class Commands {

    /** Servers are here, which is not in everybody's {@code PATH}. */
    private static final List<String> SERVERS = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    private Commands() { }

    /** Looks for a program in the {@code PATH} and where servers are. */
    public static Optional<Path> find(String name) {
        Stream<String> path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).filter(folder -> !folder.isEmpty());
        return Stream.concat(path, SERVERS.stream()).map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }
}
