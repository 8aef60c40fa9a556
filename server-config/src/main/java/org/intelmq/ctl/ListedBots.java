package org.intelmq.ctl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.control.CatalogueListing;
import org.intelmq.message.Json;

/** The bots that exist, as in {@link CatalogueListing}. The build has written down our own, because loading them all takes long. */
final class ListedBots {

    private ListedBots() { }

    /** Where the build writes them. */
    static Path file(Path distribution) {
        return distribution.resolve("lib/bots.json");
    }

    /** Including those in users' own jars. */
    static Map<String, Object> of(Session session) {
        Path file = session.home() == null ? null : file(session.home());
        return file == null || hasFiles(session.installation().botJars()) || !Files.isReadable(file) ? CatalogueListing.of(session.catalogue()) : read(file);
    }

    private static boolean hasFiles(Path folder) {
        String[] names = folder.toFile().list();
        return names != null && names.length > 0;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path file) {
        try {
            return (Map<String, Object>) Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: it belongs to the distribution", e);
        }
    }
}
