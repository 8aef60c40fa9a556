package org.intelmq.parameters;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values kept in files: <code>${file:/run/secrets/api-key}</code>, where a relative path starts from the installation's root, and
 * <code>${credential:NAME}</code>, which systemd has put into {@code $CREDENTIALS_DIRECTORY}. They are read when a bot is created; wherever a
 * configuration is shown, only their names appear, and what was read is hidden in logs and states. Not thread-safe, except for static methods.
 */
public final class SecretFiles {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|credential):([^}]*)}");
    private static final String SYSTEMD = "CREDENTIALS_DIRECTORY";
    /** In bytes. */
    private static final int LONGEST = 1 << 16;
    /** In characters; anything shorter may be an ordinary word of a message. */
    private static final int SHORTEST_TO_HIDE = 3;
    /** In characters, for texts about other things than the bot's parameters. */
    private static final int SHORTEST_ANYWHERE = 6;
    /** A secret may be part of another. */
    private static final Comparator<String> LONGEST_FIRST = Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());
    /** All that this process has read from files, as it is and as it is written in an address. */
    private static final Set<String> KNOWN = new ConcurrentSkipListSet<>(LONGEST_FIRST);

    private final Path root;
    private final Map<String, String> environment;
    private final Set<String> read = new TreeSet<>(LONGEST_FIRST);
    private final List<String> warnings = new ArrayList<>();

    /** A file that cannot be read. The message gives its name, the reason and the next step. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private Unreadable(String reason) {
            super(reason);
        }
    }

    SecretFiles(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /**
     * The text with references replaced by the content of their files.
     *
     * @param root where relative paths begin
     * @param environment of the process, for systemd's credentials
     * @throws IOException with the file's name, the reason and the next step, if one cannot be read
     */
    public static String read(String text, Path root, Map<String, String> environment) throws IOException {
        try {
            return new SecretFiles(root, environment).resolved(text);
        } catch (Unreadable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether a value refers to a file, and so is not itself a secret. */
    public static boolean isReference(Object value) {
        return value instanceof String text && REFERENCE.matcher(text).matches();
    }

    /** The value with references replaced by the content of their files, including those within lists and maps. */
    Object resolved(Object value) throws Unreadable {
        if (value instanceof String text) {
            return text.contains("${") ? resolved(text) : text;
        }
        if (value instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>();
            for (Object each : list) {
                resolved.add(resolved(each));
            }
            return resolved;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> resolved = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                resolved.put(entry.getKey(), resolved(entry.getValue()));
            }
            return resolved;
        }
        return value;
    }

    private String resolved(String text) throws Unreadable {
        Matcher references = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (references.find()) {
            String content = content(file(references.group(1), references.group(2).strip()), references.group());
            if (content.length() >= SHORTEST_TO_HIDE) {
                read.add(content);
            }
            if (content.length() >= SHORTEST_ANYWHERE) {
                KNOWN.add(content);
                KNOWN.add(URLEncoder.encode(content, StandardCharsets.UTF_8));
            }
            references.appendReplacement(resolved, Matcher.quoteReplacement(content));
        }
        return references.appendTail(resolved).toString();
    }

    private Path file(String kind, String name) throws Unreadable {
        try {
            if (kind.equals("file")) {
                return root.resolve(name);
            }
            String folder = environment.get(SYSTEMD);
            if (folder == null) {
                throw new Unreadable("${credential:" + name + "} names a systemd credential, but none is loaded: set LoadCredential=" + name
                        + ":FILE in the service's unit, or name the file itself with ${file:FILE}");
            }
            if (!name.matches("[\\w.-]+") || name.startsWith(".")) {
                throw new Unreadable("${credential:" + name + "} is not the name of a credential: expected letters, digits and . _ -");
            }
            return Path.of(folder, name);
        } catch (InvalidPathException e) {
            throw new Unreadable("${" + kind + ":" + name + "} is not the name of a file");
        }
    }

    private String content(Path file, String reference) throws Unreadable {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (Files.size(file) > LONGEST) {
                throw new Unreadable(reference + " has more than " + LONGEST + " bytes: expected one secret");
            }
            warnOfRights(file);
            String content = Files.readString(file).replaceFirst("\\R\\z", "");
            if (content.isEmpty()) {
                throw new Unreadable(reference + " is empty: write the secret into the file " + file);
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new Unreadable(reference + " does not exist: create the file " + file + ", readable only by the server's user");
        } catch (IOException e) {
            throw new Unreadable(reference + " cannot be read (" + e.getClass().getSimpleName() + "): let the server's user read " + file
                    + ", and write it in UTF-8");
        }
    }

    private void warnOfRights(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            warnings.add("the secret in " + file + " can be read or changed by every user of this machine: chmod 600 " + file);
        }
    }

    List<String> warnings() {
        return warnings;
    }

    /** A text for a log or a state without anything that this process has ever read from such files, whichever part of the text it is. */
    public static String hiddenAnywhere(String text) {
        return text == null ? null : hidden(text, KNOWN);
    }

    /** The message without anything that was read from files. */
    String hidden(String message) {
        return hidden(message, read);
    }

    private static String hidden(String message, Set<String> secrets) {
        String hidden = message;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "(from a file)");
        }
        return hidden;
    }
}
