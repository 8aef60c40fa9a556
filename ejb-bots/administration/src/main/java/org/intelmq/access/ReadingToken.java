package org.intelmq.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.intelmq.files.WholeFile;

/**
 * {@code etc/metrics.token}: a lasting token of the operator's own, for reading figures only. It may be made, changed and
 * removed while the server runs. A file that others may read or change opens nothing, and the log says so. Thread-safe.
 */
final class ReadingToken {

    private static final Logger LOG = Logger.getLogger(ReadingToken.class.getName());
    private static final int SHORTEST = 16;
    private static final int LONGEST = 4096;
    private static final Pattern FIGURES =
            Pattern.compile("/metrics|/api/v1/(?:check|system|system/about|system/health|statistics|queues|bots|bots/status|bots/[^/]+/statistics)");

    private final Path file;
    private FileTime changed;
    private byte[] token;

    ReadingToken(Path file) {
        this.file = file;
    }

    /** Whether this token may read there: figures and states, never events, logs or parameters' values. */
    static boolean opens(String method, String path) {
        return (method.equals("GET") || method.equals("HEAD")) && FIGURES.matcher(path).matches();
    }

    /** @param given {@code null} never is it */
    synchronized boolean is(String given) {
        read();
        return given != null && token != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
    }

    private void read() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            boolean isNew = !now.equals(changed);
            if (isNew || token == null) {
                changed = now;
                String wrong = wrong();
                token = wrong == null ? WholeFile.text(file).strip().getBytes(StandardCharsets.UTF_8) : null;
                if (isNew && wrong != null) {
                    LOG.warning(file + " is not accepted: " + wrong);
                }
            }
        } catch (NoSuchFileException e) {
            token = null;
            changed = null;
        } catch (IOException e) {
            LOG.warning(file + " is not accepted, because it cannot be read: " + e);
            token = null;
        }
    }

    private String wrong() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ) || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            return "others may read or change it; run chmod 600 on it.";
        }
        if (Files.size(file) > LONGEST || WholeFile.text(file).strip().length() < SHORTEST) {
            return "expected one token of " + SHORTEST + " to " + LONGEST + " characters, as 'openssl rand -hex 32' makes it.";
        }
        return null;
    }
}
