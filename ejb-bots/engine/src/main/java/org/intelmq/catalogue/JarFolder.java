package org.intelmq.catalogue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The jars that a folder had when they were read; the JVM reads them only once.
 *
 * @param stamps what changes with the content, by name
 */
record JarFolder(Path folder, Map<String, String> stamps) {

    private static final Logger LOG = Logger.getLogger(JarFolder.class.getName());

    /** @throws IOException if it exists and cannot be read */
    static JarFolder read(Path folder) throws IOException {
        Map<String, String> stamps = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
                for (Path jar : jars) {
                    BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
                    stamps.put(jar.getFileName().toString(),
                            attributes.size() + " bytes of " + attributes.lastModifiedTime() + ' ' + attributes.fileKey());
                }
            }
        }
        return new JarFolder(folder, stamps);
    }

    List<Path> jars() {
        return stamps.keySet().stream().map(folder::resolve).toList();
    }

    /** The names of jars that were added, replaced or removed since. */
    Set<String> changed() {
        Set<String> changed = new TreeSet<>();
        try {
            Map<String, String> now = read(folder).stamps();
            changed.addAll(now.keySet());
            changed.addAll(stamps.keySet());
            changed.removeIf(name -> stamps.getOrDefault(name, "").equals(now.getOrDefault(name, "")));
        } catch (IOException e) {
            // a jar may go while the folder is read
            LOG.log(Level.FINE, "The folder of bot jars, " + folder + ", cannot be compared.", e);
        }
        return changed;
    }
}
