package org.intelmq.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/** Finds out, without writing, whether writing will be possible. */
public final class Writable {

    private static final Set<String> OF_KERNEL = Set.of("proc", "sysfs", "devpts", "securityfs", "debugfs", "tracefs");

    private Writable() { }

    /** Why the file cannot be written or created; {@code null} if it can. */
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

    /** Why files, or the folder itself, cannot be created; {@code null} if they can. */
    public static String folder(Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return existing + " is not a folder";
        }
        if (isOfKernel(existing)) {
            return "nothing can be created in " + existing + ", which the kernel provides";
        }
        return Files.isWritable(existing) ? null : "no permission to write to " + existing;
    }

    /** There, permissions do not tell what can be created. */
    private static boolean isOfKernel(Path folder) {
        try {
            return OF_KERNEL.contains(Files.getFileStore(folder).type());
        } catch (IOException e) {
            // the first attempt to write will tell
            return false;
        }
    }
}
