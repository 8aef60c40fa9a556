package org.intelmq.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold what feeds said: those made here are for their owner and its group alone, where the file system knows such. */
public final class PrivateFiles {

    private static final FileAttribute<?>[] OWNER_AND_GROUP = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----"))}
            : new FileAttribute<?>[0];

    private PrivateFiles() { }

    /** As {@link FileChannel#open}; a file that exists keeps its rights. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), OWNER_AND_GROUP);
    }
}
