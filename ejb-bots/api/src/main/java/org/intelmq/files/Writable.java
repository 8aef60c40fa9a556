package org.intelmq.files;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Tells, without writing, whether it will be possible. */
public final class Writable {

    private Writable() { }

    /** What keeps the file from being written or made, {@code null} if nothing does. */
    public static String file(Path file) {
        Path path = file.toAbsolutePath();
        if (Files.isDirectory(path)) {
            return "it is a folder, expected a file";
        }
        if (Files.exists(path)) {
            return Files.isWritable(path) ? null : "no permission to write to it";
        }
        return path.getParent() == null ? null : folder(path.getParent());
    }

    /** What keeps files from being made in the folder, or the folder itself; {@code null} if nothing does. */
    public static String folder(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return existing + " is not a folder";
        }
        return Files.isWritable(existing) ? null : "no permission to write to " + existing;
    }
}
