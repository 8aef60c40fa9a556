package org.intelmq.ctl;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.access.Role;
import org.intelmq.access.Tokens;

/** Tokens with which programs and displays are let in; each method returns the exit code. */
final class TokenCommand {

    private final Output output;
    private final Tokens tokens;

    TokenCommand(Session session) {
        this.output = session.output();
        this.tokens = new Tokens(session.installation().etc().resolve("tokens.json"));
    }

    /**
     * @param role {@code null} for a viewer
     * @throws IllegalArgumentException for what cannot be
     */
    int run(String action, String name, String role, int days, boolean isDisplay) throws IOException {
        if (name == null && !action.equals("list")) {
            throw new IllegalArgumentException("'token " + action + "' needs the NAME of a token");
        }
        return switch (action) {
            case "list" -> list();
            case "add" -> add(name, role == null ? Role.VIEWER : Role.of(role), Duration.ofDays(days), isDisplay);
            case "remove" -> remove(name);
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
            output.show("There is no token yet. 'intelmqctl token add NAME' adds one.");
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

    private int add(String name, Role role, Duration good, boolean isDisplay) throws IOException {
        Tokens.Made made = tokens.add(name, role, good, isDisplay);
        output.say("Token '" + name + "' is good until " + made.token().expires() + " as " + role.word() + ". It is shown this once:");
        output.show(made.text());
        Map<String, Object> answer = entry(made.token());
        answer.put("token", made.text());
        output.result(answer);
        return 0;
    }

    private int remove(String name) throws IOException {
        Optional<Tokens.Token> removed = tokens.remove(name);
        if (removed.isEmpty()) {
            output.complainInText("There is no token '" + name + "'. 'intelmqctl token list' names those there are.");
            output.result("not-found");
            return 1;
        }
        output.say("Token '" + removed.get().name() + "' is removed, and what it opened is closed.");
        output.result("success");
        return 0;
    }
}
