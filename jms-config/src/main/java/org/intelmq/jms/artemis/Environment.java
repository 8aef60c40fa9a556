package org.intelmq.jms.artemis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.jms.BrokerException;

/** Environment variables that name files, or secrets that are kept elsewhere. */
final class Environment {

    private static final String FILE = "${file:";
    private static final String CREDENTIAL = "${credential:";

    private Environment() { }

    /** A secret from the variable, from the file that {@code NAME_FILE} names, or from a systemd credential; {@code null} if there is none. */
    static String secret(Map<String, String> environment, String name) {
        String file = environment.get(name + "_FILE");
        if (file != null) {
            return content(name + "_FILE", Path.of(file));
        }
        String given = environment.get(name);
        if (given != null && given.endsWith("}") && given.startsWith(FILE)) {
            return content(name, Path.of(given.substring(FILE.length(), given.length() - 1)));
        }
        if (given != null && given.endsWith("}") && given.startsWith(CREDENTIAL)) {
            return credential(environment, name, given.substring(CREDENTIAL.length(), given.length() - 1));
        }
        return given;
    }

    private static String credential(Map<String, String> environment, String name, String credential) {
        String folder = environment.get("CREDENTIALS_DIRECTORY");
        if (folder == null || !credential.matches("[\\w-][\\w.-]*")) {
            throw new BrokerException(name + " names a credential that systemd has not loaded: set LoadCredential=" + credential
                    + ":FILE in the service's unit, or name the file itself with " + name + "_FILE");
        }
        return content(name, Path.of(folder, credential));
    }

    private static String content(String name, Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new BrokerException(name + " names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns {@code null} if none is named. */
    static Path file(Map<String, String> environment, String name) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        Path file = Path.of(text).toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw new BrokerException(name + " cannot be \"" + text + "\": no such file, or no permission to read it; expected one in PEM format");
        }
        return file;
    }
}
