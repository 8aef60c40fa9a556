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
import java.util.concurrent.Callable;
import org.intelmq.access.Account;
import org.intelmq.access.Role;
import org.intelmq.access.Users;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intelmqctl user}: those who may log in. */
@Command(name = "user", description =
        "Manage the accounts of the console, the REST interface and IntelMQ's web manager: list, add NAME, role NAME, remove NAME.")
final class UserCommand implements Callable<Integer> {

    private static final String FROM_INPUT = "-";

    private final Session session;
    private final Output output;
    private Users users;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ACTION", description = "list, add, role or remove")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "viewer, operator, editor or admin. Default: admin for the first user, else viewer")
    private String role;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from the first line of this file; - for standard input. "
            + "Default: ask for it")
    private String passwordFile;

    UserCommand(Session session) {
        this.session = session;
        this.output = session.output();
    }

    @Override
    public Integer call() throws Exception {
        users = new Users(session.installation().etc().resolve("users.json"));
        return Choices.call(spec, this::run);
    }

    private int run() throws IOException {
        Choices.requireName(spec, action, name);
        return switch (action) {
            case "list" -> list();
            case "add" -> add(role == null ? null : Role.of(role));
            case "role" -> changeRole(Role.of(role == null ? "" : role));
            case "remove" -> remove();
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
            output.show("There are no users yet. 'intelmqctl user add NAME' adds the first, an administrator.");
        }
        output.result(answer);
        return 0;
    }

    /** @param given {@code null} for an administrator if there is nobody yet, else a viewer */
    private int add(Role given) throws IOException {
        boolean first = users.list().isEmpty();
        Role chosen = given != null ? given : first ? Role.ADMIN : Role.VIEWER;
        users.put(name, chosen, password());
        output.say("User '" + name + "' may log in as " + chosen.word() + ".");
        if (first && chosen != Role.ADMIN) {
            output.complain("There is no administrator yet, and the link that the server printed is no longer valid. "
                    + "'intelmqctl user add NAME --role admin' adds one.");
        }
        output.result("success");
        return 0;
    }

    private int changeRole(Role wanted) throws IOException {
        return tell(users.change(name, wanted), "User '" + name + "' has the role " + wanted.word() + " now.");
    }

    private int remove() throws IOException {
        return tell(users.remove(name), "User '" + name + "' is removed, and the user's sessions are closed.");
    }

    private int tell(boolean found, String done) {
        if (!found) {
            output.complainInText("There is no user '" + name + "'. 'intelmqctl user list' lists all users.");
            output.result("not-found");
            return 1;
        }
        output.say(done);
        output.result("success");
        return 0;
    }

    /** Without a file it is asked for, or read from the standard input. */
    private String password() throws IOException {
        if (passwordFile != null && !passwordFile.equals(FROM_INPUT)) {
            return firstLine(Files.newInputStream(Path.of(passwordFile)));
        }
        Console console = passwordFile == null ? System.console() : null;
        if (console == null) {
            return firstLine(System.in);
        }
        char[] password = console.readPassword("Password of %s: ", name);
        char[] again = console.readPassword("Once more: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw new IllegalArgumentException("the two passwords differ: nothing is changed");
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
