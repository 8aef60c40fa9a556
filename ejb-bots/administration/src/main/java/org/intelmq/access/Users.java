package org.intelmq.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Those who may log in: {@code {"<name>": {"role", "password", "created"}}} in a file for its owner alone; a change counts at once.
 * Thread-safe; of several programs that write, one waits for the other.
 */
public final class Users {

    /** Characters. */
    public static final int SHORTEST_PASSWORD = 8;
    public static final int LONGEST_PASSWORD = 1024;

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._@-]{0,63}");

    private final AccountFile<User> file;
    private final Clock clock;
    private final int rounds;
    /** Against which the password of nobody is checked, so that it takes as long. */
    private final PasswordHash nobody;

    /** @param created {@code null} if that is not known */
    private record User(Role role, PasswordHash password, Instant created) {

        private static final class Form implements AccountFile.Form<User> {

            @Override
            public User read(Map<?, ?> fields) {
                Object created = fields.get("created");
                return new User(Role.of(String.valueOf(fields.get("role"))), new PasswordHash(String.valueOf(fields.get("password"))),
                        created == null ? null : Timestamps.read(created));
            }

            @Override
            public Map<String, Object> write(User user) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("role", user.role().word());
                fields.put("password", user.password().text());
                if (user.created() != null) {
                    fields.put("created", user.created().toString());
                }
                return fields;
            }
        }
    }

    public Users(Path file) {
        this(file, Clock.systemUTC(), PasswordHash.ROUNDS);
    }

    /** @param rounds that a password is hashed */
    Users(Path file, Clock clock, int rounds) {
        this.file = new AccountFile<>(file, new User.Form(), "Fix it, or move it away and add the users again with 'intelmqctl user add'.");
        this.clock = clock;
        this.rounds = rounds;
        this.nobody = PasswordHash.ofNobody(rounds);
    }

    /** By name. */
    public List<Account> list() throws IOException {
        return file.entries().entrySet().stream().map(user -> new Account(user.getKey(), user.getValue().role())).toList();
    }

    /** When the user was added; empty if that is not known. */
    public Optional<Instant> created(String name) throws IOException {
        return Optional.ofNullable(file.entries().get(name)).map(User::created);
    }

    /** As it is now; empty if there is none of the name, or it has another password by now. */
    Optional<Account> find(String name, String storedPassword) throws IOException {
        return Optional.ofNullable(file.entries().get(name)).filter(user -> user.password().text().equals(storedPassword))
                .map(user -> new Account(name, user.role()));
    }

    /** What is stored of a password, another with each change; empty if there is no such user. */
    String storedPassword(String name) throws IOException {
        User user = file.entries().get(name);
        return user == null ? "" : user.password().text();
    }

    /** Empty for a wrong name as for a wrong password, which takes as long. */
    public Optional<Account> check(String name, String password) throws IOException {
        User user = file.entries().get(name);
        boolean fits = password.length() <= LONGEST_PASSWORD && (user == null ? nobody : user.password()).isOf(password);
        return fits && user != null ? Optional.of(new Account(name, user.role())) : Optional.empty();
    }

    /**
     * Adds a user, or gives one another password and role.
     *
     * @throws IllegalArgumentException for a name or password that is not allowed
     */
    public void put(String name, Role role, String password) throws IOException {
        requireName(name);
        PasswordHash hash = hash(password);
        file.change(users -> users.put(name, new User(role, hash, users.containsKey(name) ? users.get(name).created() : now())));
    }

    /**
     * Adds a user; false if there is one of the name, which stays as it is.
     *
     * @throws IllegalArgumentException for a name or password that is not allowed
     */
    public boolean add(String name, Role role, String password) throws IOException {
        requireName(name);
        User user = new User(role, hash(password), now());
        boolean[] added = {false};
        file.change(users -> added[0] = users.putIfAbsent(name, user) == null);
        return added[0];
    }

    /** Adds an administrator, unless there is any user; false then. */
    boolean addFirst(String name, String password) throws IOException {
        requireName(name);
        User user = new User(Role.ADMIN, hash(password), now());
        boolean[] added = {false};
        file.change(users -> added[0] = users.isEmpty() && users.put(name, user) == null);
        return added[0];
    }

    /** Gives a user another role; false if there is none of the name. */
    public boolean change(String name, Role role) throws IOException {
        boolean[] found = {false};
        file.change(users -> found[0] = users.computeIfPresent(name, (same, user) -> new User(role, user.password(), user.created())) != null);
        return found[0];
    }

    /**
     * Gives a user another password; false if there is none of the name.
     *
     * @throws IllegalArgumentException for a password that is not allowed
     */
    public boolean changePassword(String name, String password) throws IOException {
        PasswordHash hash = hash(password);
        boolean[] found = {false};
        file.change(users -> found[0] = users.computeIfPresent(name, (same, user) -> new User(user.role(), hash, user.created())) != null);
        return found[0];
    }

    /** False if there is none of the name. */
    public boolean remove(String name) throws IOException {
        boolean[] found = {false};
        file.change(users -> found[0] = users.remove(name) != null);
        return found[0];
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name cannot be '" + name + "': expected a letter or digit, then up to 63 of these and . _ @ -");
        }
    }

    private PasswordHash hash(String password) {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new IllegalArgumentException("the password cannot have " + password.length() + " characters: expected " + SHORTEST_PASSWORD + " to "
                    + LONGEST_PASSWORD);
        }
        return PasswordHash.of(password, rounds);
    }

    private Instant now() {
        return Timestamps.now(clock);
    }
}
