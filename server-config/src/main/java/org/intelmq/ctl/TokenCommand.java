package org.intelmq.ctl;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.intelmq.access.Role;
import org.intelmq.access.Tokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intelmqctl token}: tokens with which programs and displays are let in. */
@Command(name = "token", description = "Manage the tokens of programs and displays: list, add NAME, remove NAME.")
final class TokenCommand implements Callable<Integer> {

    private final Session session;
    private final Output output;
    private Tokens tokens;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ACTION", description = "list, add or remove")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "What it is for; remove also takes its id.")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "viewer, operator, editor or admin. Default: viewer")
    private String role;

    @Option(names = "--days", paramLabel = "N", defaultValue = "90", description = "How long it is valid. Default: ${DEFAULT-VALUE}")
    private int days;

    @Option(names = "--display", description = "For a display that only shows a page, such as one on a wall.")
    private boolean display;

    TokenCommand(Session session) {
        this.session = session;
        this.output = session.output();
    }

    @Override
    public Integer call() throws Exception {
        tokens = new Tokens(session.installation().etc().resolve("tokens.json"));
        return Choices.call(spec, this::run);
    }

    private int run() throws IOException {
        Choices.requireName(spec, action, name);
        return switch (action) {
            case "list" -> list();
            case "add" -> add(role == null ? Role.VIEWER : Role.of(role));
            case "remove" -> remove();
            default -> throw new IllegalArgumentException("action cannot be '" + action + "': expected one of list, add, remove");
        };
    }

    private int list() throws IOException {
        List<Object> answer = new ArrayList<>();
        for (Tokens.Token token : tokens.list()) {
            output.show(token.name() + " - " + token.role().word() + (token.isDisplay() ? ", for a display" : "") + ", until " + token.expires()
                    + ", id " + token.id());
            answer.add(entry(token));
        }
        if (answer.isEmpty()) {
            output.show("There are no tokens yet. 'intelmqctl token add NAME' adds one.");
        }
        output.result(answer);
        return 0;
    }

    private static Map<String, Object> entry(Tokens.Token token) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", token.id());
        entry.put("name", token.name());
        entry.put("role", token.role().word());
        entry.put("display", token.isDisplay());
        entry.put("created", token.created().toString());
        entry.put("expires", token.expires().toString());
        return entry;
    }

    private int add(Role chosen) throws IOException {
        Tokens.Made made = tokens.add(name, chosen, Duration.ofDays(days), display);
        output.say("Token '" + name + "' is valid until " + made.token().expires() + " as " + chosen.word() + ". It is shown only once:");
        output.show(made.text());
        Map<String, Object> answer = entry(made.token());
        answer.put("token", made.text());
        output.result(answer);
        return 0;
    }

    private int remove() throws IOException {
        Optional<Tokens.Token> removed = tokens.remove(name);
        if (removed.isEmpty()) {
            output.complainInText("There is no token '" + name + "'. 'intelmqctl token list' lists all tokens.");
            output.result("not-found");
            return 1;
        }
        output.say("Token '" + removed.get().name() + "' is removed, and its sessions are closed.");
        output.result("success");
        return 0;
    }
}
