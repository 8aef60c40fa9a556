package org.intelmq.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The application's archive as folders, which the server deploys where they lie; of an archive, it would write all content twice at each
 * start. They are kept until the archive is another one, or something is missing.
 */
final class UnpackedApplication {

    /** Of a module, which Payara looks for in a folder: that of {@code web-admin.war} is {@code web-admin_war}. */
    private static final List<String> MODULES = List.of(".jar", ".rar", ".war");
    private static final String UNFINISHED = ".new";
    /** How many files it has, and how many bytes, to tell whether all are there. */
    private static final String SIZE = "size";

    private UnpackedApplication() { }

    /**
     * Unpacks it if it has not been.
     *
     * @param name that the application is to have
     * @param ready where it may lie, if 'intelmq prepare' was called
     * @param own where else it may lie; all else in this folder is deleted before it is unpacked
     */
    static Path of(Path archive, String name, Path ready, Path own) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            String version = version(zip);
            for (Path place : List.of(ready, own)) {
                Path folder = place.resolve(version);
                if (isWhole(folder)) {
                    return folder.resolve(name);
                }
            }
            return unpack(zip, name, own, version);
        } catch (IOException e) {
            throw new ServerException("the application " + archive + " cannot be unpacked into " + own + ": " + e, e);
        }
    }

    /** The same for the same content. */
    private static String version(ZipFile zip) {
        CRC32 all = new CRC32();
        zip.stream().sorted(Comparator.comparing(ZipEntry::getName))
                .forEach(entry -> all.update((entry.getName() + ' ' + entry.getCrc() + '\n').getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(all.getValue());
    }

    private static boolean isWhole(Path folder) throws IOException {
        Path size = folder.resolve(SIZE);
        return Files.isRegularFile(size) && Files.readString(size).equals(size(folder));
    }

    private static String size(Path folder) throws IOException {
        long[] filesAndBytes = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.equals(folder.resolve(SIZE))) {
                    filesAndBytes[0]++;
                    filesAndBytes[1] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return filesAndBytes[0] + " files, " + filesAndBytes[1] + " bytes";
    }

    private static Path unpack(ZipFile zip, String name, Path place, String version) throws IOException {
        FolderTree.delete(place);
        Path unfinished = place.resolve(version + UNFINISHED);
        Path folder = unfinished.resolve(name);
        for (ZipEntry entry : zip.stream().collect(Collectors.toList())) {
            String path = entry.getName();
            boolean isModule = !path.contains("/") && MODULES.stream().anyMatch(path::endsWith);
            try (InputStream content = zip.getInputStream(entry)) {
                if (isModule) {
                    unpackModule(content, folder.resolve(path.replace('.', '_')));
                } else {
                    write(entry, content, folder);
                }
            }
        }
        write(new ByteArrayInputStream(size(unfinished).getBytes(StandardCharsets.UTF_8)), unfinished.resolve(SIZE));
        return Files.move(unfinished, place.resolve(version), StandardCopyOption.ATOMIC_MOVE).resolve(name);
    }

    private static void unpackModule(InputStream content, Path folder) throws IOException {
        ZipInputStream module = new ZipInputStream(content);
        for (ZipEntry entry = module.getNextEntry(); entry != null; entry = module.getNextEntry()) {
            write(entry, module, folder);
        }
    }

    private static void write(ZipEntry entry, InputStream content, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("it contains " + entry.getName() + ", which would lie outside");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        write(content, file);
    }

    /** On the disk when it returns: what is there is taken for whole, after a loss of power, too. */
    private static void write(InputStream content, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }
}
