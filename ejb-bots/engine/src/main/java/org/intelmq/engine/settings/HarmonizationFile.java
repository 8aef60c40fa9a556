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

    private static volatile Parsed last;

    private final Path file;
    private FileTime modified;
    private Harmonization content;

    private record Parsed(String text, Harmonization content) { }

    public HarmonizationFile(Path file) {
        this.file = file;
    }

    /** Each look at the configuration reads the file again, which has seldom changed. */
    private static Harmonization parsed(String text) throws InvalidHarmonization {
        Parsed known = last;
        if (known == null || !known.text().equals(text)) {
            known = new Parsed(text, Harmonization.parse(text));
            last = known;
        }
        return known.content();
    }

    /** @throws ConfigurationFileException if the file exists but cannot be used */
    public synchronized Harmonization read() {
        if (!Files.exists(file)) {
            return Harmonization.standard();
        }
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (content == null || !now.equals(modified)) {
                content = parsed(ConfigurationText.read(file));
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
