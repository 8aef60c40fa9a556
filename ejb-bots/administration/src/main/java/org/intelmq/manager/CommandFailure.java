package org.intelmq.manager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was asked for cannot be done. It is shown together with the command that would try the same, and fail. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern HARMLESS = Pattern.compile("[a-zA-Z0-9@%+=:,./_-]+");

    private final transient List<String> command;

    /** @param command the arguments of {@code intelmqctl} */
    CommandFailure(List<String> command, String message) {
        super(message);
        this.command = List.copyOf(command);
    }

    /** A value that is not among those allowed. */
    static CommandFailure choice(List<String> command, String name, String argument, String given, List<String> choices) {
        return new CommandFailure(command, "intelmqctl " + name + ": error: argument " + argument + ": invalid choice: '" + given + "' (choose from "
                + choices.stream().map(choice -> "'" + choice + "'").collect(Collectors.joining(", ")) + ")\n");
    }

    /** {@code {"tip", "message", "command"}} with status 500: the form that the web manager shows. */
    Answer answer() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tip", "");
        body.put("message", getMessage());
        body.put("command", "intelmqctl " + command.stream().map(CommandFailure::quoted).collect(Collectors.joining(" ")));
        return Answer.json(500, body);
    }

    /** As a shell needs it. */
    private static String quoted(String argument) {
        return HARMLESS.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\"'\"'") + "'";
    }
}
