package org.intelmq.replay;

import java.nio.file.Path;
import java.util.List;

/** Runs a command line on an installation whose server runs with all bots stopped and all queues empty. */
@FunctionalInterface
public interface CommandRunner {

    /** @param output what it printed to standard output */
    record Run(int exitCode, String output) { }

    Run run(Path root, List<String> arguments) throws Exception;
}
