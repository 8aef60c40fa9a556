package org.intelmq.administration.dumps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Dumps that keep what was purged from a queue, for a day. */
public final class PurgedDumps {

    /** How their names begin. */
    public static final String PREFIX = "purged-";

    private static final Duration KEPT = Duration.ofDays(1);

    private PurgedDumps() { }

    /**
     * Deletes those that are older than a day.
     *
     * @param folder of logs and dumps
     */
    public static void forget(Path folder, Instant now) {
        if (Files.notExists(folder)) {
            return;
        }
        try (DirectoryStream<Path> dumps = Files.newDirectoryStream(folder, PREFIX + "*.dump*")) {
            for (Path dump : dumps) {
                if (Files.getLastModifiedTime(dump).toInstant().isBefore(now.minus(KEPT))) {
                    Files.deleteIfExists(dump);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the dumps of purged queues in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
