package org.intelmq.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.function.UnaryOperator;
import org.intelmq.files.WholeFile;
import org.intelmq.yaml.ConfigurationText;

/** Writes configuration files so that readers find either the old or the new text, never a mixture. Thread-safe. */
public final class ConfigurationFile {

    private ConfigurationFile() { }

    /**
     * Replaces the file's text with a changed one; others who change it this way wait. The old text is kept as {@code .bak}. If the text stays
     * the same, nothing is written.
     *
     * @param change takes the old text and returns the new one
     */
    public static synchronized void change(Path file, UnaryOperator<String> change) throws IOException {
        while (true) {
            Object before = key(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
                if (key(file).equals(before)) {
                    String text = ConfigurationText.read(file);
                    String changed = change.apply(text);
                    if (changed.equals(text)) {
                        return;
                    }
                    Files.copy(file, file.resolveSibling(file.getFileName() + ".bak"), StandardCopyOption.REPLACE_EXISTING);
                    replace(file, changed);
                    return;
                }
            }
        }
    }

    /** Identifies this very file: another file under the same name has another key. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Creates the file, or replaces it with the same permissions and, as far as we are allowed, the same owner. A link remains a link. */
    public static void replace(Path file, String text) throws IOException {
        Path real = Files.exists(file) ? WholeFile.require(file.toRealPath()) : file.toAbsolutePath();
        Path fresh = real.resolveSibling(real.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        if (Files.exists(real)) {
            copyRights(real, fresh);
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, real, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copyRights(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes rights = source.readAttributes();
        PosixFileAttributes own = target.readAttributes();
        try {
            if (!own.group().equals(rights.group())) {
                target.setGroup(rights.group());
            }
            if (!own.owner().equals(rights.owner())) {
                target.setOwner(rights.owner());
            }
        } catch (IOException e) {
            // only the superuser may give files away
        }
        target.setPermissions(rights.permissions());
    }
}
