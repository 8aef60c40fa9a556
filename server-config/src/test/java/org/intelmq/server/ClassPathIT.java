package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;

/** What the application's archive holds. The server's class loader is asked before the application's: a class that both have must be the same in both. */
class ClassPathIT {

    @Test
    void theServerHasNoOtherVersionOfAClassOfOurs() throws IOException {
        Map<String, Long> ofTheServer = new HashMap<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(ServerProcess.distribution().resolve("lib/payara"), "*.jar")) {
            for (Path jar : jars) {
                try (InputStream in = Files.newInputStream(jar)) {
                    classes(in, false).forEach(ofTheServer::putIfAbsent);
                }
            }
        }
        Map<String, Long> ofTheApplication;
        try (InputStream in = Files.newInputStream(ServerProcess.distribution().resolve("lib/intelmq.ear"))) {
            ofTheApplication = classes(in, true);
        }
        assertFalse(ofTheServer.isEmpty() || ofTheApplication.isEmpty());

        List<String> different = new ArrayList<>();
        ofTheApplication.forEach((name, checksum) -> {
            Long theirs = ofTheServer.get(name);
            if (theirs != null && !theirs.equals(checksum)) {
                different.add(name);
            }
        });
        assertEquals(List.of(), different);
    }

    /** See the build of the archive: with a folder of its name beside it, a library is not searched for beans at each start. */
    @Test
    void noLibraryIsSearchedForBeans() throws IOException {
        try (ZipFile ear = new ZipFile(ServerProcess.distribution().resolve("lib/intelmq.ear").toFile());
                ZipInputStream adapter = new ZipInputStream(ear.getInputStream(ear.getEntry("jms-config.rar")))) {
            List<String> libraries = new ArrayList<>(ear.stream().map(ZipEntry::getName).filter(name -> name.matches("lib/.*\\.jar")).toList());
            for (ZipEntry entry = adapter.getNextEntry(); entry != null; entry = adapter.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    libraries.add("jms-config_rar/" + entry.getName());
                }
            }
            assertTrue(libraries.stream().anyMatch(name -> name.startsWith("jms-config_rar/artemis-server-")), libraries::toString);
            assertTrue(libraries.stream().anyMatch(name -> name.startsWith("lib/org.intelmq-intelmq-engine-")), libraries::toString);
            assertEquals(List.of(), libraries.stream()
                    .filter(name -> ear.getEntry(name.replace("/", "__").replace(".jar", "_jar") + "/unscanned") == null).toList());
        }
    }

    /** Name and checksum of the classes, those in archives inside included if {@code deep}. */
    private static Map<String, Long> classes(InputStream archive, boolean deep) throws IOException {
        Map<String, Long> classes = new HashMap<>();
        var zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (name.endsWith(".class") && !name.endsWith("module-info.class") && !name.startsWith("META-INF/")) {
                var checksum = new CRC32();
                checksum.update(zip.readAllBytes());
                classes.put(name, checksum.getValue());
            } else if (deep && name.matches(".*\\.(jar|rar|war)")) {
                classes.putAll(classes(new ByteArrayInputStream(zip.readAllBytes()), true));
            }
        }
        return classes;
    }
}
