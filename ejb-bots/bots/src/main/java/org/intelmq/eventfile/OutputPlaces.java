package org.intelmq.eventfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.intelmq.bot.BotContext;
import org.intelmq.files.PrivateFiles;

/**
 * Creates files and folders of outputs: private ones within the installation, and with the usual permissions where an operator has placed them
 * elsewhere.
 */
public final class OutputPlaces {

    private final Path installation;

    private OutputPlaces(Path installation) {
        this.installation = installation;
    }

    public static OutputPlaces of(BotContext context) {
        Path data = context.dataDirectory().toAbsolutePath().normalize();
        Path lib = data.getParent();
        // var of an installation, or what stands for it where the files are spread over the system's folders
        return new OutputPlaces(lib == null ? data : data.endsWith("var/lib/bots") ? lib.getParent() : lib);
    }

    private boolean isOurs(Path path) {
        return path.toAbsolutePath().normalize().startsWith(installation);
    }

    /** As {@link FileChannel#open}. */
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return isOurs(file) ? PrivateFiles.open(file, options) : PrivateFiles.openShared(file, options);
    }

    /** As {@link java.nio.file.Files#createDirectories}. */
    public Path createDirectories(Path folder) throws IOException {
        if (isOurs(folder)) {
            return PrivateFiles.createDirectories(folder);
        }
        PrivateFiles.createSharedDirectories(folder.toAbsolutePath());
        return folder;
    }
}
