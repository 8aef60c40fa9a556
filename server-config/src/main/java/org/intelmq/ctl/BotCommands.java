package org.intelmq.ctl;

import static org.intelmq.control.BotState.DISABLED;
import static org.intelmq.control.BotState.RUNNING;
import static org.intelmq.control.BotState.STOPPED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.intelmq.control.BotActions;
import org.intelmq.control.BotActions.Change;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.Halt;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Problem;
import org.intelmq.yaml.Yaml;

/** Starts, stops and describes bots in IntelMQ's words; each method returns the exit code. */
final class BotCommands {

    private final Session session;
    private final Output output;

    BotCommands(Session session) {
        this.session = session;
        this.output = session.output();
    }

    private BotActions actions(BotControl control) {
        return new BotActions(control, session.configuration(), (action, bot) -> output.say(switch (action) {
            case START -> "Starting " + bot + "...";
            case STOP -> "Stopping bot " + bot + "...";
            case RELOAD -> "Reloading bot " + bot + " ...";
        }));
    }

    int start(String bot) throws Exception {
        BotControl control = session.startedControl();
        BotState state = tellStart(bot, actions(control).start(bot), control);
        output.result(state.word());
        return code(state == RUNNING);
    }

    private BotState tellStart(String bot, Change start, BotControl control) {
        tell(bot, start.after());
        if (start.after() != RUNNING) {
            explain(control, problem -> problem.concerns(bot));
        }
        return start.after();
    }

    /** Says why bots did not start, to people even when a program reads the states. */
    private void explain(BotControl control, Predicate<Problem> which) {
        control.problems().stream().filter(which.and(problem -> problem.severity().concernsTheStart()))
                .forEach(problem -> output.complain(problem.text()));
    }

    int startAll(Group group) throws Exception {
        BotControl control = session.startedControl();
        output.say("Starting " + title(group) + "...");
        List<String> bots = session.bots(group);
        bots.forEach(bot -> output.say(isEnabled(bot) ? "Starting " + bot + "..." : "Bot " + bot + " is disabled."));
        Map<String, BotState> states = new TreeMap<>(actions(control).startAll(name(group)));
        states.forEach((bot, state) -> {
            if (isEnabled(bot)) {
                tell(bot, state);
            }
        });
        if (states.values().stream().anyMatch(state -> state != RUNNING && state != DISABLED)) {
            explain(control, problem -> true);
        }
        output.sayGood("Bot " + title(group) + " is running.");
        return finish(states, EnumSet.of(RUNNING, DISABLED));
    }

    int stop(String bot) {
        Change stop = actions(session.control()).stop(bot);
        tellStop(bot, stop);
        output.result(stop.after().word());
        return code(stop.leftItStopped());
    }

    private BotState tellStop(String bot, Change stop) {
        if (stop.foundItStopped()) {
            output.complainInText("Bot " + bot + " was NOT RUNNING.");
        } else if (stop.after() == RUNNING) {
            output.complainInText("Bot " + bot + " is still running.");
        } else {
            tell(bot, stop.after());
        }
        return stop.after();
    }

    int stopAll(Group group) {
        BotControl control = session.control();
        output.say("Stopping bot " + title(group) + "...");
        BotActions actions = actions(control);
        actions.statusAll(name(group)).forEach((bot, state) -> {
            if (state == RUNNING) {
                output.say("Stopping bot " + bot + "...");
            }
        });
        Map<String, BotState> states = actions.stopAll(name(group));
        states.forEach(this::tell);
        output.say("Bot " + title(group) + " is stopped.");
        return finish(states, EnumSet.of(STOPPED, DISABLED));
    }

    int restart(String bot) throws Exception {
        Change stop = actions(session.control()).stop(bot);
        BotState stopped = tellStop(bot, stop);
        if (!stop.canBeFollowed()) {
            output.result(stopped.word());
            return 1;
        }
        BotControl control = session.startedControl();
        BotState started = tellStart(bot, actions(control).start(bot), control);
        output.result(List.of(stopped.word(), started.word()));
        return code(started == RUNNING);
    }

    int restartAll(Group group) throws Exception {
        output.say("Restarting " + title(group) + "...");
        actions(session.startedControl()).stopAll(name(group));
        return startAll(group);
    }

    int reload(String bot) {
        BotControl control = session.control();
        Change reload = actions(control).reload(bot);
        BotState state = reload.after();
        if (reload.before() == RUNNING) {
            tellStart(bot, reload, control);
        } else if (state == DISABLED) {
            tell(bot, state);
        } else {
            output.complainInText("Bot " + bot + " was NOT RUNNING.");
        }
        output.result(state.word());
        return code(state == RUNNING || state == DISABLED);
    }

    int reloadAll(Group group) {
        BotControl control = session.control();
        output.say("Reloading bot " + title(group) + " ...");
        BotActions actions = actions(control);
        Map<String, BotState> before = actions.statusAll(name(group));
        Map<String, BotState> states = actions.reloadAll(name(group));
        states.forEach(this::tell);
        List<String> lost = states.keySet().stream().filter(bot -> before.get(bot) == RUNNING && states.get(bot) != RUNNING).toList();
        if (!lost.isEmpty()) {
            explain(control, problem -> lost.stream().anyMatch(problem::concerns));
        }
        output.say("Bot " + title(group) + " is reloaded.");
        return finish(states, EnumSet.of(RUNNING, DISABLED));
    }

    int status(String bot) {
        BotState state = actions(session.control()).status(bot);
        tell(bot, state);
        tellHalts(halts(Map.of(bot, state)));
        output.result(state.word());
        return code(state == RUNNING || state == DISABLED);
    }

    /** A running server knows all of it: runtime.yaml need not be read here too. */
    int statusAll(Group group) {
        Map<String, BotState> states = new TreeMap<>();
        Map<String, Halt> halts = new TreeMap<>();
        session.runningServer().ifPresentOrElse(server -> server.standing(name(group)).forEach((bot, standing) -> {
            states.put(bot, standing.state());
            if (standing.halt() != null) {
                halts.put(bot, standing.halt());
            }
        }), () -> {
            states.putAll(actions(session.control()).statusAll(name(group)));
            halts.putAll(halts(states));
        });
        states.forEach(this::tell);
        tellHalts(halts);
        return finish(states, EnumSet.of(RUNNING, DISABLED));
    }

    int enable(String bot) throws IOException {
        if (isEnabled(bot)) {
            output.say("Bot " + bot + " is enabled.");
        } else {
            output.say("Enabling " + bot + ".");
            write(bot, true);
        }
        return status(bot);
    }

    int disable(String bot) throws IOException {
        if (isEnabled(bot)) {
            output.say("Disabling " + bot + ".");
            write(bot, false);
        }
        return status(bot);
    }

    /** Changes nothing else in the file. */
    private void write(String bot, boolean enabled) throws IOException {
        Path file = session.installation().runtimeConfiguration();
        ConfigurationFile.change(file, text -> {
            Map<String, Object> target = new LinkedHashMap<>(map(Yaml.read(text, file.toString())));
            Map<String, Object> section = new LinkedHashMap<>(map(target.get(bot)));
            section.put("enabled", enabled);
            target.put(bot, section);
            return Yaml.update(text, target, file.toString());
        });
        session.forgetConfiguration();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private boolean isEnabled(String bot) {
        BotConfiguration configuration = session.configuration().bot(bot);
        return configuration == null || configuration.enabled();
    }

    private void tell(String bot, BotState state) {
        switch (state) {
            case RUNNING -> output.sayGood("Bot " + bot + " is running.");
            case STOPPED -> output.say("Bot " + bot + " is stopped.");
            case DISABLED -> output.say("Bot " + bot + " is disabled.");
            case STARTING -> output.say("Starting " + bot + "...");
            case STOPPING -> output.complainInText("Bot " + bot + " is still finishing its last message. It takes no other, and stops when that is done.");
            default -> output.complainInText("Status of Bot " + bot + " is unknown.");
        }
    }

    private Map<String, Halt> halts(Map<String, BotState> states) {
        List<String> running = states.keySet().stream().filter(bot -> states.get(bot) == RUNNING).toList();
        return running.isEmpty() || !output.isText() ? Map.of() : session.control().halts(running);
    }

    /** Reports, in addition to IntelMQ's lines, bots that run but do nothing. */
    private void tellHalts(Map<String, Halt> halts) {
        if (!output.isText()) {
            return;
        }
        halts.forEach((bot, halt) -> {
            if (halt.heldBehind() != null) {
                output.complain("Bot " + bot + " is held: queue '" + halt.heldBehind() + "' is full.");
            }
            if (halt.waitingFor() != null) {
                output.complain("Bot " + bot + " waits: " + halt.waitingFor());
            }
        });
    }

    private static String title(Group group) {
        return group == null ? "Botnet" : name(group) + " group";
    }

    /** As in {@code runtime.yaml}; {@code null} for all. */
    private static String name(Group group) {
        return group == null ? null : group.title();
    }

    private int finish(Map<String, BotState> states, Set<BotState> good) {
        output.result(words(states));
        return code(good.containsAll(states.values()));
    }

    static Map<String, Object> words(Map<String, BotState> states) {
        Map<String, Object> words = new TreeMap<>();
        states.forEach((bot, state) -> words.put(bot, state.word()));
        return words;
    }

    private static int code(boolean good) {
        return good ? 0 : 1;
    }
}
