package org.intelmq.administration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;

/** Who changed what, or tried to: JSON lines in a private file that is only appended to. Thread-safe. */
public final class AuditLog {

    private final Path file;
    private final Clock clock;

    /** @param file is made if it is missing, its folder too */
    public AuditLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** That of an installation, for all programs that change it. */
    public static AuditLog of(Installation installation, Clock clock) {
        return new AuditLog(installation.state().resolve("audit/audit.log"), clock);
    }

    /** @param result {@code done}, or the code of a {@link Refusal} */
    void add(Caller caller, String what, String result) {
        add(caller.name(), caller.role().word(), caller.way(), what, result);
    }

    /**
     * Writes down what is not asked of the server, such as what the command line does by itself.
     *
     * @param role   {@code none} of somebody who has not been let in
     * @param way    how they came
     * @param result {@code done}, or why not
     */
    public synchronized void add(String who, String role, String way, String what, String result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().toString());
        line.put("who", who);
        line.put("role", role);
        line.put("way", way);
        line.put("what", what);
        line.put("result", result);
        write(Json.write(line) + "\n");
    }

    /** @throws UncheckedIOException if nothing could be written, so that nothing should be changed either */
    public synchronized void require() {
        write("");
    }

    /** Where the lines are; it may not exist yet. */
    public Path file() {
        return file;
    }

    Clock clock() {
        return clock;
    }

    private void write(String text) {
        try {
            PrivateFiles.createDirectories(file.getParent());
            PrivateFiles.writeString(WholeFile.own(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
