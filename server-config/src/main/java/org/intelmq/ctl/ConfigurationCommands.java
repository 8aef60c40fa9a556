package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/** Changes of the configuration while the server runs; each method returns the exit code: 0 if it is done, 1 if it was refused. */
final class ConfigurationCommands {

    private static final String NOT_SET = "(not set)";

    private final Output output;
    private final RestClient server;
    private final Duration betweenLooks;

    ConfigurationCommands(Output output, RestClient server) {
        this(output, server, Duration.ofSeconds(1));
    }

    /** @param betweenLooks the polling interval for the progress of a change */
    ConfigurationCommands(Output output, RestClient server, Duration betweenLooks) {
        this.output = output;
        this.server = server;
        this.betweenLooks = betweenLooks;
    }

    /** @param file {@code null} for the draft */
    int plan(Path file) throws IOException {
        try {
            Map<?, ?> plan = (Map<?, ?>) (file == null ? server.get("draft/plan") : server.post("configuration/plan", Map.of("text", text(file))));
            List<?> problems = (List<?>) (file == null ? server.get("draft/problems") : server.post("configuration/problems", Map.of("text", text(file))));
            show(plan);
            if (file != null && list(plan, "changes").isEmpty()) {
                output.say("Running bots take up what was edited by hand in that file with 'intelmqctl reload', or 'reload BOT'.");
            }
            if (file != null && Yaml.read(text(file), file.toString()) == null) {
                output.complain(file + " contains nothing, so applying it would remove all bots.");
            }
            problems.forEach(problem -> showProblem((Map<?, ?>) problem));
            Map<String, Object> answer = new LinkedHashMap<>();
            plan.forEach((name, value) -> answer.put(String.valueOf(name), value));
            answer.put("problems", problems);
            output.result(answer);
            boolean isRefused = problems.stream().anyMatch(problem -> "refused".equals(((Map<?, ?>) problem).get("severity")));
            return isRefused || !list(plan, "conflicts").isEmpty() ? 1 : 0;
        } catch (RestClient.Refused e) {
            return refused(e);
        }
    }

    private static String text(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file + ": expected a complete runtime.yaml");
        }
        return ConfigurationText.read(file);
    }

    /**
     * @param file         {@code null} for the draft
     * @param queues       queue to {@code drain}, {@code discard} or {@code move:QUEUE}
     * @param drainSeconds {@code null} for what is usual
     */
    int apply(Path file, String reason, Map<String, String> queues, Map<String, String> resolve, Integer drainSeconds) throws IOException {
        try {
            Map<String, Object> wanted = new LinkedHashMap<>();
            wanted.put("reason", reason);
            Map<String, Object> decisions = new LinkedHashMap<>();
            queues.forEach((queue, choice) -> decisions.put(queue, choice.startsWith("move:") ? Map.of("move", choice.substring("move:".length())) : choice));
            wanted.put("queues", decisions);
            wanted.put("resolve", resolve);
            wanted.put("drain_seconds", drainSeconds == null ? null : (Object) drainSeconds.longValue());
            wanted.put("text", file == null ? null : text(file));
            return applied((Map<?, ?>) withProgress(wanted));
        } catch (RestClient.Refused e) {
            return refused(e);
        }
    }

    private Object withProgress(Map<String, Object> wanted) throws RestClient.Refused {
        try (ApplyProgress progress = ApplyProgress.follow(output, server, betweenLooks)) {
            return server.post("configuration/apply", wanted);
        }
    }

    private int applied(Map<?, ?> done) {
        if (done.get("revision") == null) {
            output.say("There was nothing to change.");
        } else {
            ((Map<?, ?>) done.get("bots")).forEach((bot, state) -> output.show("Bot " + bot + " is " + state + "."));
            output.sayGood("Applied as revision " + done.get("revision") + ".");
        }
        output.result(done);
        return 0;
    }

    int history(int limit) {
        try {
            List<?> items = list((Map<?, ?>) server.get("history?limit=" + limit), "items");
            items.forEach(item -> output.show(line((Map<?, ?>) item)));
            output.result(items);
            return 0;
        } catch (RestClient.Refused e) {
            return refused(e);
        }
    }

    private static String line(Map<?, ?> revision) {
        return String.format("%6s  %s  %s  %s  %s  %s", revision.get("revision"), revision.get("time"), or(revision.get("who"), "by hand"),
                revision.get("file"), changes(((Number) revision.get("changes")).longValue()),
                or(revision.get("reason"), "").replaceAll("\\R", "\\\\n")).stripTrailing();
    }

    /** A text may differ in comments and layout alone. */
    private static String changes(long places) {
        return places == 0 ? "no setting changed" : places == 1 ? "1 change" : places + " changes";
    }

    /** @param against {@code null} for the previous revision */
    int revision(long revision, Long against) {
        try {
            Map<?, ?> detail = (Map<?, ?>) server.get("history/" + revision + (against == null ? "" : "?against=" + against));
            output.show(line((Map<?, ?>) detail.get("about")));
            output.show(String.valueOf(detail.get("text_diff")).stripTrailing());
            output.result(detail);
            return 0;
        } catch (RestClient.Refused e) {
            return refused(e);
        }
    }

    int rollBack(long revision, String reason, Map<String, String> queues, Integer drainSeconds) throws IOException {
        try {
            Map<String, Object> wanted = new LinkedHashMap<>();
            wanted.put("reason", reason);
            server.post("history/" + revision + "/rollback", wanted);
        } catch (RestClient.Refused e) {
            return refused(e);
        }
        int code = apply(null, reason, queues, Map.of(), drainSeconds);
        if (code != 0) {
            output.complainInText("The draft is kept: look at it with 'intelmqctl plan --draft', or discard it with 'intelmqctl plan --drop'.");
        }
        return code;
    }

    int drop() {
        try {
            server.delete("draft");
            output.say("The draft is discarded.");
            output.result("success");
            return 0;
        } catch (RestClient.Refused e) {
            return refused(e);
        }
    }

    private void show(Map<?, ?> plan) {
        for (String step : List.of("starts", "restarts", "reloads", "stops")) {
            list(plan, step).forEach(bot -> output.show(String.format("%-8s %s", step.substring(0, step.length() - 1), bot)));
        }
        list(plan, "removes").forEach(each -> {
            Map<?, ?> removal = (Map<?, ?>) each;
            output.show(String.format("%-8s %s", "remove", removal.get("bot")) + (removal.get("queue") == null ? "" : ": " + removal.get("waiting")
                    + " events wait in " + removal.get("queue") + ", " + or(removal.get("suggested"), "choose what to do with them") + " (choices: "
                    + String.join(", ", ((List<?>) removal.get("choices")).stream().map(String::valueOf).toList()) + "; a drain ends after "
                    + removal.get("drain_seconds") + " s at most)"));
        });
        list(plan, "changes").forEach(each -> {
            Map<?, ?> change = (Map<?, ?>) each;
            boolean isWhole = change.get("parameter") == null && change.get("key") == null;
            output.show(isWhole ? change.get("place") + ": " + (change.get("before") == null ? "new" : "removed")
                    : change.get("place") + ": " + value(change.get("before")) + " -> " + value(change.get("after")));
        });
        list(plan, "conflicts").forEach(each -> {
            Map<?, ?> conflict = (Map<?, ?>) each;
            output.complainInText("somebody else has changed " + conflict.get("place") + ": it was " + value(conflict.get("base")) + ", mine is "
                    + value(conflict.get("mine")) + ", theirs is " + value(conflict.get("theirs")));
        });
        if (list(plan, "changes").isEmpty()) {
            output.show("There is nothing to change in the server's runtime.yaml.");
        }
    }

    private static List<?> list(Map<?, ?> map, String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }

    private static String value(Object value) {
        return value == null ? NOT_SET : Json.write(value);
    }

    private static String or(Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    private void showProblem(Map<?, ?> problem) {
        output.show(problem.get("severity") + ": " + problem.get("text"));
    }

    private int refused(RestClient.Refused refusal) {
        output.complainInText(refusal.getMessage() + (refusal.remedy().isEmpty() ? "" : ". " + refusal.remedy()));
        if (refusal.problems().size() > 1) {
            refusal.problems().forEach(problem -> showProblem((Map<?, ?>) problem));
        }
        output.result(refusal.problem());
        return 1;
    }
}
