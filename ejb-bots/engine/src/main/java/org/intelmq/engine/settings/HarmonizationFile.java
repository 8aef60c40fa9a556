package org.intelmq.engine.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.intelmq.message.Harmonization;
import org.intelmq.message.InvalidHarmonization;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;

/** The installation's {@code harmonization.conf}, or the standard if it has none. It is read again only when the file has changed. Thread-safe. */
public final class HarmonizationFile {

    private final Path file;
    private FileTime modified;
    private Harmonization content;

    public HarmonizationFile(Path file) {
        this.file = file;
    }

    /** @throws ConfigurationFileException if the file exists but cannot be used */
    public synchronized Harmonization read() {
        if (!Files.exists(file)) {
            return Harmonization.standard();
        }
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (content == null || !now.equals(modified)) {
                content = Harmonization.parse(ConfigurationText.read(file));
                modified = now;
            }
            return content;
        } catch (IOException e) {
            throw new ConfigurationFileException(file + " cannot be read: " + e, e);
        } catch (InvalidHarmonization e) {
            throw new ConfigurationFileException(file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
