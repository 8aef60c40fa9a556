package org.intelmq.eventfile;

import java.io.IOException;
import java.nio.file.Path;

/** What a file of some format begins with. */
@FunctionalInterface
public interface FileBeginning {

    FileBeginning NONE = file -> new byte[0];

    /** What a file just opened or made still needs before the first line is appended to it; empty if nothing. */
    byte[] missingFrom(Path file) throws IOException;
}
