package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Path;

/** An application server that is not ours, as unpacked from its distribution, with the unchanged archive. Closing it kills it if it still runs. */
public interface ApplicationServer extends AutoCloseable {

    /** Deploys with the distribution's script, and returns when the server runs. */
    void deploy(Path root) throws IOException;

    /** Starts it once more, after {@link #stop} or {@link #kill}. */
    void start() throws IOException;

    /** In order; fails if the server says that it could not. */
    void stop() throws IOException;

    /** As {@code kill -9}: nothing is finished, nothing is tidied up. */
    void kill() throws IOException;

    @Override
    default void close() throws IOException {
        kill();
    }
}
