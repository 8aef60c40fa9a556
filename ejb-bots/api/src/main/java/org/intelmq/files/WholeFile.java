package org.intelmq.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads a file whole, if it is one, and is not so large that it would fill the memory: a pipe would be waited for without end, and a
 * device may never end. Links are followed, because operators use them.
 */
public final class WholeFile {

    /** In bytes; many times more than anybody writes by hand. */
    public static final int LARGEST = 64 << 20;

    private WholeFile() { }

    /**
     * The same path.
     *
     * @throws IOException if there is something else than a file, saying what, or nothing
     */
    public static Path require(Path file) throws IOException {
        attributes(file);
        return file;
    }

    /**
     * The same path of a file that is the application's own, which may not be there yet. A link that leads out of its folder is not followed:
     * what we write would change somebody else's file, and what we show would be somebody else's.
     *
     * @throws IOException if there is something else than a file, or a link that leads elsewhere or to nothing
     */
    public static Path own(Path file) throws IOException {
        if (Files.isSymbolicLink(file) && !leadsToNeighbour(file)) {
            throw new Unusable(file, "it is a link to " + Files.readSymbolicLink(file) + ", which is not in this folder: put the file itself here, "
                    + "or let the folder be the link");
        }
        return Files.exists(file) ? require(file) : file;
    }

    private static boolean leadsToNeighbour(Path link) throws IOException {
        try {
            return link.toRealPath().startsWith(link.toAbsolutePath().getParent().toRealPath());
        } catch (FileSystemException e) {
            // to nothing, or to itself
            return false;
        }
    }

    public static byte[] bytes(Path file) throws IOException {
        long size = attributes(file).size();
        if (size > LARGEST) {
            throw new Unusable(file, "it has " + size + " bytes: expected at most " + LARGEST);
        }
        return Files.readAllBytes(file);
    }

    /** In UTF-8. */
    public static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new Unusable(file, attributes.isDirectory() ? "it is a folder" : "it is a pipe, socket or device, not a file");
        }
        return attributes;
    }

    /** The message says all: the name of a class would add nothing. */
    private static final class Unusable extends FileSystemException {

        private static final long serialVersionUID = 1L;

        Unusable(Path file, String reason) {
            super(file.toString(), null, reason);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
