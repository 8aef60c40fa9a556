package org.intelmq.engine.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;

/** Which bots run again after a restart of the server: a file with one bot id per line. */
public final class RememberedBots {

    private final Path file;

    RememberedBots(Path file) {
        this.file = file;
    }

    /** Empty before the first start. */
    Optional<Set<String>> read() {
        try {
            return Files.exists(file) ? Optional.of(new TreeSet<>(Files.readAllLines(WholeFile.require(file)))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void write(Collection<String> ids) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            PrivateFiles.createDirectories(file.getParent());
            PrivateFiles.writeString(next, new TreeSet<>(ids).stream().map(id -> id + '\n').collect(Collectors.joining()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
