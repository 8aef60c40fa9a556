package org.intelmq.ctl;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Account;
import org.intelmq.access.Role;
import org.intelmq.access.Users;

/** Those who may log in to the web manager's interface; each method returns the exit code. */
final class UserCommand {

    private static final String FROM_INPUT = "-";

    private final Output output;
    private final Users users;
    private final InputStream input;

    UserCommand(Session session, InputStream input) {
        this.output = session.output();
        this.users = new Users(session.installation().etc().resolve("users.json"));
        this.input = input;
    }

    /** @throws IllegalArgumentException for what cannot be */
    int run(String action, String name, String role, String passwordFile) throws IOException {
        if (name == null && !action.equals("list")) {
            throw new IllegalArgumentException("'user " + action + "' needs the NAME of a user");
        }
        return switch (action) {
            case "list" -> list();
            case "add" -> add(name, role == null ? null : Role.of(role), passwordFile);
            case "role" -> changeRole(name, Role.of(role == null ? "" : role));
            case "remove" -> remove(name);
            default -> throw new IllegalArgumentException("action cannot be '" + action + "': expected one of list, add, role, remove");
        };
    }

    private int list() throws IOException {
        List<Object> answer = new ArrayList<>();
        for (Account account : users.list()) {
            output.show(account.name() + " - " + account.role().word());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", account.name());
            entry.put("role", account.role().word());
            answer.add(entry);
        }
        if (answer.isEmpty()) {
            output.show("There is no user yet. 'intelmqctl user add NAME' adds the first, an administrator.");
        }
        output.result(answer);
        return 0;
    }

    /**
     * @param role         {@code null} for an administrator if there is nobody yet, else a viewer
     * @param passwordFile {@code null} to ask for it, or read it from the standard input
     */
    private int add(String name, Role role, String passwordFile) throws IOException {
        Role chosen = role != null ? role : users.list().isEmpty() ? Role.ADMIN : Role.VIEWER;
        users.put(name, chosen, password(name, passwordFile));
        output.say("User '" + name + "' may log in as " + chosen.word() + ".");
        output.result("success");
        return 0;
    }

    private int changeRole(String name, Role role) throws IOException {
        return tell(users.change(name, role), name, "User '" + name + "' has the role " + role.word() + " now.");
    }

    private int remove(String name) throws IOException {
        return tell(users.remove(name), name, "User '" + name + "' is removed, and what is open with this name is closed.");
    }

    private int tell(boolean found, String name, String done) {
        if (!found) {
            output.complainInText("There is no user '" + name + "'. 'intelmqctl user list' names those there are.");
            output.result("not-found");
            return 1;
        }
        output.say(done);
        output.result("success");
        return 0;
    }

    private String password(String name, String file) throws IOException {
        if (file != null && !file.equals(FROM_INPUT)) {
            return firstLine(Files.newInputStream(Path.of(file)));
        }
        Console console = file == null ? System.console() : null;
        if (console == null) {
            return firstLine(input);
        }
        char[] password = console.readPassword("Password of %s: ", name);
        char[] again = console.readPassword("Once more: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw new IllegalArgumentException("the two passwords are not the same: nothing is changed");
        }
        return new String(password);
    }

    private static String firstLine(InputStream in) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
