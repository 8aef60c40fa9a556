package org.intelmq.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.function.Supplier;
import org.intelmq.yaml.ConfigurationFileException;

/** {@code runtime.yaml} as it is at the time of the call; it is read again only if it has changed. Thread-safe. */
public final class CurrentConfiguration implements Supplier<RuntimeConfiguration> {

    /** A file written this recently may be written again without a change of its time. */
    private static final long YOUNG_MILLIS = 2000;

    private final Path file;
    private final Map<String, String> environment;
    private volatile Known known;
    private volatile RuntimeConfiguration readable;

    private record Known(FileTime modified, long size, Object key, RuntimeConfiguration configuration) {

        boolean is(BasicFileAttributes now) {
            return modified.equals(now.lastModifiedTime()) && size == now.size() && String.valueOf(key).equals(String.valueOf(now.fileKey()));
        }
    }

    /** @param environment where {@code INTELMQ_<PARAMETER>} overrides a parameter of every bot */
    public CurrentConfiguration(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** @throws ConfigurationFileException if it cannot be read */
    @Override
    public RuntimeConfiguration get() {
        BasicFileAttributes now = attributes();
        Known last = known;
        if (now != null && last != null && last.is(now)) {
            return last.configuration();
        }
        RuntimeConfiguration read = RuntimeConfiguration.read(file, environment);
        readable = read;
        boolean settled = now != null && System.currentTimeMillis() - now.lastModifiedTime().toMillis() > YOUNG_MILLIS;
        known = settled ? new Known(now.lastModifiedTime(), now.size(), now.fileKey(), read) : null;
        return read;
    }

    /**
     * The configuration, or the last version that could be read: for information about bots that go on running while somebody edits the file.
     *
     * @throws ConfigurationFileException if it could never be read
     */
    public RuntimeConfiguration lastReadable() {
        try {
            return get();
        } catch (ConfigurationFileException e) {
            RuntimeConfiguration last = readable;
            if (last == null) {
                throw e;
            }
            return last;
        }
    }

    /** Why the file cannot be read now; {@code null} if it can. */
    public String mistake() {
        try {
            get();
            return null;
        } catch (ConfigurationFileException e) {
            return e.getMessage();
        }
    }

    /** Returns {@code null} if there are none: reading the file will say why. */
    private BasicFileAttributes attributes() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }
}
