package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code intelmqctl} of this build's distribution, as a process of its own. */
public final class CommandLine {

    private CommandLine() { }

    /** @param said standard output and standard error together */
    public record Result(int exit, String said) { }

    /** @param input for the standard input, such as a password with its line end */
    public static Result run(Path root, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ServerProcess.distribution().resolve("bin/intelmqctl").toString(), "--root", root.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }

    /** Makes a user who may log in with this password. */
    public static void addUser(Path root, String name, String role, String password) throws IOException, InterruptedException {
        Result result = run(root, password + "\n", "user", "add", name, "--role", role);
        if (result.exit() != 0) {
            throw new IllegalStateException(result.said());
        }
    }
}
