package org.intelmq.files;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The one place that makes the files and folders below {@code var}: they hold what feeds said, and are for their owner and its
 * group to read alone, whatever the umask, where the file system knows such rights. What exists keeps its rights. What root makes
 * belongs to whom the folder around it belongs to, so that the server, which is not root's, can go on with it.
 */
public final class PrivateFiles {

    /** The umask, in octal, of whoever called the launcher; the launcher sets a stricter one for the server. */
    public static final String CALLERS_UMASK = "INTELMQ_CALLERS_UMASK";

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean ROOT = POSIX && "root".equals(System.getProperty("user.name"));
    private static final FileAttribute<?>[] FILE = rights("rw-r-----");
    private static final FileAttribute<?>[] FOLDER = rights("rwxr-x---");
    private static final FileAttribute<?>[] OWNER_ALONE = rights("rw-------");

    private PrivateFiles() { }

    private static FileAttribute<?>[] rights(String rights) {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))} : new FileAttribute<?>[0];
    }

    /** As {@link FileChannel#open}. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return open(file, Set.of(options));
    }

    private static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        boolean isNew = ROOT && Files.notExists(file);
        FileChannel channel = FileChannel.open(file, options, FILE);
        if (isNew) {
            try {
                giveToFolder(file);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
        return channel;
    }

    /** As {@link Files#newOutputStream}. */
    public static OutputStream newOutputStream(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        if (all.isEmpty()) {
            all.addAll(Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
        }
        all.add(StandardOpenOption.WRITE);
        return FileWrite.stream(open(file, all), file);
    }

    /** As {@link Files#writeString} in UTF-8. */
    public static Path writeString(Path file, CharSequence text, OpenOption... options) throws IOException {
        try (OutputStream out = newOutputStream(file, options)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** As {@link Files#createDirectories}. */
    public static Path createDirectories(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (!ROOT || Files.exists(folder) || parent == null) {
            return Files.createDirectories(folder, FOLDER);
        }
        createDirectories(parent);
        try {
            return createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return Files.createDirectories(folder);
        }
    }

    /** As {@link Files#createDirectory}. */
    public static Path createDirectory(Path folder) throws IOException {
        return mine(Files.createDirectory(folder, FOLDER));
    }

    /** As {@link Files#createTempFile}, for the owner only. */
    public static Path createTempFile(Path folder, String prefix, String suffix) throws IOException {
        return mine(Files.createTempFile(folder, prefix, suffix, OWNER_ALONE));
    }

    private static Path mine(Path made) throws IOException {
        if (ROOT) {
            giveToFolder(made);
        }
        return made;
    }

    /** Not over a link: whoever the folder belongs to may have put one in its place meanwhile. */
    private static void giveToFolder(Path made) throws IOException {
        PosixFileAttributes folder = Files.readAttributes(made.toAbsolutePath().getParent(), PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!folder.owner().equals(view.getOwner())) {
            view.setOwner(folder.owner());
            view.setGroup(folder.group());
        }
    }

    /**
     * Replaces the file's content atomically, and keeps owner, group and permissions. Every reader, even after a crash, finds either all of
     * the old content or all of the new, which is on disk when this returns. Only one caller at a time for a file: see {@link FileGuard}.
     *
     * @throws IOException also if the new file could not belong to the owner of the old one, which then stays as it is
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** As {@link #replace(Path, byte[])}, for content that is too large to be in memory. */
    public static void replace(Path file, Content content) throws IOException {
        Path complete = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(complete);
        try {
            try (FileChannel channel = FileChannel.open(complete, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ALONE)) {
                OutputStream out = new BufferedOutputStream(FileWrite.stream(channel, file), 1 << 16);
                content.writeTo(out);
                out.flush();
                if (POSIX) {
                    PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
                    PosixFileAttributeView view = Files.getFileAttributeView(complete, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                    if (!old.owner().equals(view.getOwner())) {
                        view.setOwner(old.owner());
                    }
                    if (!old.group().equals(view.readAttributes().group())) {
                        view.setGroup(old.group());
                    }
                    view.setPermissions(old.permissions());
                }
                channel.force(true);
            }
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    /** Copies some bytes of a file. @throws IOException also if it is shorter */
    public static void copy(Path file, long from, long length, OutputStream out) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 16);
            for (long done = 0; done < length; done += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), length - done));
                if (in.read(piece, from + done) <= 0) {
                    throw new EOFException(file + " has fewer than " + (from + length) + " bytes");
                }
                piece.flip();
                out.write(piece.array(), 0, piece.limit());
            }
        }
    }

    /** What was created, renamed or deleted in the folder is on disk when this returns, where the system knows how. */
    public static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Opens a file that an operator has placed outside of the installation, for others to read. A new file gets the permissions that the umask
     * of the launcher's caller leaves.
     */
    public static FileChannel openShared(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> asNew = new HashSet<>(Set.of(options));
        asNew.remove(StandardOpenOption.CREATE);
        asNew.add(StandardOpenOption.CREATE_NEW);
        try {
            FileChannel channel = FileChannel.open(file, asNew);
            share(file, 0666);
            return channel;
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, options);
        }
    }

    /** As {@link #openShared} for folders. */
    public static void createSharedDirectories(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createSharedDirectories(folder.getParent());
        try {
            Files.createDirectory(folder);
            share(folder, 0777);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void share(Path path, int rights) throws IOException {
        String umask = System.getenv(CALLERS_UMASK);
        if (POSIX && umask != null && umask.matches("[0-7]{1,4}")) {
            Files.setPosixFilePermissions(path, permissions(rights & ~Integer.parseInt(umask, 8)));
        }
    }

    static Set<PosixFilePermission> permissions(int rights) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((rights >> (all.length - 1 - i) & 1) == 1) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
