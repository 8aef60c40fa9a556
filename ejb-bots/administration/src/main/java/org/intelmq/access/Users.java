package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Those who may log in: {@code {"<name>": {"role", "password"}}} in a file for its owner alone. It is read at each use, so that a
 * change counts at once. Thread-safe; of several programs that write, one waits for the other.
 */
public final class Users {

    /** Characters. */
    public static final int SHORTEST_PASSWORD = 8;
    public static final int LONGEST_PASSWORD = 1024;

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z._@-]{1,64}");
    /** Against which the password of nobody is checked, so that it takes as long. */
    private static final PasswordHash NOBODY = PasswordHash.of("");

    private final Path file;

    private record User(Role role, PasswordHash password) { }

    public Users(Path file) {
        this.file = file;
    }

    /** By name. */
    public List<Account> list() throws IOException {
        return read().entrySet().stream().map(user -> new Account(user.getKey(), user.getValue().role())).toList();
    }

    /** As it is now; empty if there is none of the name, or it has another password by now. */
    Optional<Account> find(String name, String storedPassword) throws IOException {
        return Optional.ofNullable(read().get(name)).filter(user -> user.password().text().equals(storedPassword)).map(user -> new Account(name, user.role()));
    }

    /** What is stored of a password, another with each change; empty if there is no such user. */
    String storedPassword(String name) throws IOException {
        User user = read().get(name);
        return user == null ? "" : user.password().text();
    }

    /** Empty for a wrong name as for a wrong password, which takes as long. */
    public Optional<Account> check(String name, String password) throws IOException {
        User user = read().get(name);
        boolean fits = password.length() <= LONGEST_PASSWORD && (user == null ? NOBODY : user.password()).isOf(password);
        return fits && user != null ? Optional.of(new Account(name, user.role())) : Optional.empty();
    }

    /**
     * Adds a user, or gives one another password and role.
     *
     * @throws IllegalArgumentException for a name or password that cannot be
     */
    public void put(String name, Role role, String password) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name cannot be '" + name + "': expected up to 64 letters, digits and . _ @ -");
        }
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new IllegalArgumentException("the password cannot have " + password.length() + " characters: expected " + SHORTEST_PASSWORD + " to "
                    + LONGEST_PASSWORD);
        }
        User user = new User(role, PasswordHash.of(password));
        change(users -> users.put(name, user));
    }

    /** Gives a user another role; false if there is none of the name. */
    public boolean change(String name, Role role) throws IOException {
        boolean[] found = {false};
        change(users -> found[0] = users.computeIfPresent(name, (same, user) -> new User(role, user.password())) != null);
        return found[0];
    }

    /** False if there is none of the name. */
    public boolean remove(String name) throws IOException {
        boolean[] found = {false};
        change(users -> found[0] = users.remove(name) != null);
        return found[0];
    }

    private synchronized void change(Consumer<Map<String, User>> work) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path guard = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = PrivateFiles.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException(guard + " cannot be locked");
            }
            Map<String, User> users = read();
            work.accept(users);
            write(users);
        }
    }

    private void write(Map<String, User> users) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        users.forEach((name, user) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("role", user.role().word());
            entry.put("password", user.password().text());
            content.put(name, entry);
        });
        if (Files.notExists(file)) {
            Path empty = PrivateFiles.createTempFile(file.toAbsolutePath().getParent(), ".users", ".new");
            Files.writeString(empty, "{}");
            Files.move(empty, file);
        }
        PrivateFiles.replace(file, (Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, User> read() throws IOException {
        Map<String, User> users = new TreeMap<>();
        try {
            ((Map<?, ?>) Json.parse(Files.readString(file))).forEach((name, entry) -> {
                Map<?, ?> user = (Map<?, ?>) entry;
                users.put(name.toString(), new User(Role.of(String.valueOf(user.get("role"))), new PasswordHash(String.valueOf(user.get("password")))));
            });
            return users;
        } catch (NoSuchFileException e) {
            return users;
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException | UncheckedIOException e) {
            throw new IOException(file + " is not usable, so nobody can log in: " + e.getMessage()
                    + ". Mend it, or move it away and add users anew with 'intelmqctl user add'.", e);
        }
    }
}
