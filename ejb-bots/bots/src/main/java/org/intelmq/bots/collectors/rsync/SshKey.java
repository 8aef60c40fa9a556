package org.intelmq.bots.collectors.rsync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.intelmq.files.PrivateFiles;

/** A private key for ssh, given as text: with or without its first and last line, on several lines or on one. */
final class SshKey {

    private static final int LINE = 70;
    private static final String MARK = "-----";

    private SshKey() { }

    /** In the form that OpenSSH reads. */
    static String lines(String key) {
        String[] parts = key.split(MARK, -1);
        String content = (parts.length > 2 ? parts[2] : key).replaceAll("\\s", "");
        StringBuilder lines = new StringBuilder("-----BEGIN OPENSSH PRIVATE KEY-----\n");
        for (int i = 0; i < content.length(); i += LINE) {
            lines.append(content, i, Math.min(i + LINE, content.length())).append('\n');
        }
        return lines.append("-----END OPENSSH PRIVATE KEY-----\n").toString();
    }

    /** Writes the key into the bot's own folder, readable only by its owner, as ssh demands. */
    static Path write(String key, Path folder) throws IOException {
        PrivateFiles.createDirectories(folder);
        Path file = folder.resolve("private.key");
        Path complete = PrivateFiles.createTempFile(folder, "private", ".new");
        Files.writeString(complete, lines(key), StandardCharsets.US_ASCII);
        return Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
