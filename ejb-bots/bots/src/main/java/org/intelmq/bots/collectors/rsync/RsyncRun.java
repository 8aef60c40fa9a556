package org.intelmq.bots.collectors.rsync;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.intelmq.files.PrivateFiles;

/** One call of the system's rsync. Its arguments are passed as they are, without a shell. */
final class RsyncRun {

    /** The part of rsync's error output that is shown, in bytes. */
    private static final int MOST_TOLD = 2000;

    private RsyncRun() { }

    /**
     * @param folder for a temporary file with the error output
     * @throws IOException if there is no rsync, it fails, or it takes longer than the limit
     */
    static void run(List<String> command, Map<String, String> environment, Path folder, Duration limit) throws IOException, InterruptedException {
        Path complaint = PrivateFiles.createTempFile(folder, ".rsync", ".errors");
        try {
            Process process = start(command, environment, complaint);
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("rsync was stopped after " + limit.toSeconds() + " s: raise time_limit to wait longer");
                }
            } finally {
                end(process);
            }
            if (process.exitValue() != 0) {
                throw new IOException("rsync failed with exit code " + process.exitValue() + ": " + beginning(complaint));
            }
        } finally {
            Files.deleteIfExists(complaint);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment, Path complaint) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(complaint.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("rsync cannot be started: " + e.getMessage() + ". Install it; in Debian, it is in the package rsync", e);
        }
    }

    /** Together with whatever it has started, such as ssh. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String beginning(Path complaint) throws IOException {
        try (InputStream errors = Files.newInputStream(complaint)) {
            return new String(errors.readNBytes(MOST_TOLD), StandardCharsets.UTF_8).strip();
        }
    }
}
