package org.intelmq.eventfile;

import java.io.IOException;
import java.nio.file.Path;

/** What a file of some format has to begin with. */
@FunctionalInterface
public interface FileBeginning {

    FileBeginning NONE = file -> new byte[0];

    /** What a file that was just opened or created still needs before the first line is appended; empty if nothing. */
    byte[] missingFrom(Path file) throws IOException;
}
