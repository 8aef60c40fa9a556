package org.intelmq.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotActions;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.CatalogueListing;
import org.intelmq.control.InstallationDetails;
import org.intelmq.control.LogFile;
import org.intelmq.control.QueueListing;
import org.intelmq.engine.check.CheckAnswer;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;

/** What the web manager can ask of a server, but for files. Thread-safe. */
final class Operations {

    private static final String TYPE = "--type";
    private static final String JSON = "json";

    private final BotControl control;
    private final Administration administration;
    private final Catalogue catalogue;
    private final Installation installation;
    private final Map<String, String> environment;
    private final Supplier<ConfigurationCheck.Result> check;

    Operations(BotControl control, Administration administration, Catalogue catalogue, Installation installation, Map<String, String> environment,
               Supplier<ConfigurationCheck.Result> check) {
        this.control = control;
        this.administration = administration;
        this.catalogue = catalogue;
        this.installation = installation;
        this.environment = environment;
        this.check = check;
    }

    /** @param group title as in {@code runtime.yaml}; {@code null} for all */
    Map<String, Object> botnet(Caller caller, String action, String group) {
        BotActions actions = new BotActions(control(caller), configuration(List.of(TYPE, JSON, action)));
        return words(switch (action) {
            case "start" -> actions.startAll(group);
            case "stop" -> actions.stopAll(group);
            case "restart" -> actions.restartAll(group);
            case "reload" -> actions.reloadAll(group);
            default -> actions.statusAll(group);
        });
    }

    /** A word, or two for a restart. */
    Object bot(Caller caller, String action, String id) {
        List<String> command = List.of(TYPE, JSON, action, id);
        known(id, action, command);
        BotActions actions = new BotActions(control(caller), configuration(command));
        return switch (action) {
            case "start" -> actions.start(id).after().word();
            case "stop" -> actions.stop(id).after().word();
            case "reload" -> actions.reload(id).after().word();
            case "restart" -> {
                List<String> words = actions.restart(id).stream().map(change -> change.after().word()).toList();
                yield words.size() == 1 ? words.get(0) : words;
            }
            default -> actions.status(id).word();
        };
    }

    /** @param lines {@code -1} for all; at least one is given */
    List<Map<String, Object>> log(String id, int lines, String level) throws IOException {
        String least = level == null || level.equals("ALL") ? "DEBUG" : level;
        List<String> command = List.of(TYPE, JSON, "log", id, String.valueOf(lines), least);
        Path file = installation.log(known(id, "log", command)).resolve(id + ".log");
        if (!Files.exists(file)) {
            Map<String, Object> none = new LinkedHashMap<>();
            none.put("date", LocalDateTime.now(ZoneId.systemDefault()).toString());
            none.put("bot_id", id);
            none.put("log_level", "INFO");
            none.put("message", "No log file exists (yet).");
            return List.of(none);
        }
        if (!Files.isReadable(file)) {
            throw new CommandFailure(command, "File '" + file + "' is not readable.\n");
        }
        return LogFile.read(file, lines == LogFile.ALL ? lines : Math.max(1, lines), LogFile.Level.valueOf(least));
    }

    Map<String, Object> queues() {
        return QueueListing.byBot(configuration(List.of(TYPE, JSON, "list", "queues")), control.queues());
    }

    List<Object> queuesAndStatus() {
        RuntimeConfiguration configuration = configuration(List.of(TYPE, JSON, "list", "queues-and-status"));
        return List.of(QueueListing.byBot(configuration, control.queues()), words(new TreeMap<>(control.status(configuration.bots().keySet()))));
    }

    Map<String, Object> bots() {
        return CatalogueListing.of(catalogue);
    }

    Map<String, Object> check() {
        return CheckAnswer.of(check.get());
    }

    /** A configured queue that does not exist yet is empty, as the original's internal queues always are here. */
    String clear(Caller caller, String queue) {
        RuntimeConfiguration configuration = configuration(List.of(TYPE, JSON, "clear", queue));
        Set<String> names = QueueListing.names(configuration);
        if (control.queues().containsKey(queue)) {
            control(caller).clear(queue);
            return "success";
        }
        boolean isInternal = queue.endsWith("-internal") && names.contains(queue.substring(0, queue.length() - "-internal".length()));
        return names.contains(queue) || isInternal ? "success" : "not-found";
    }

    String run(Caller caller, String id, String action, String message, boolean show, boolean dry) {
        BotConfiguration bot = known(id, "run", ManagerRun.command(id, action, message, show, dry));
        return new ManagerRun(control(caller), bot, installation.bots()).run(action, message, show, dry);
    }

    Map<String, Object> debug() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("paths", InstallationDetails.paths(installation));
        answer.put("environment_variables", InstallationDetails.variables(environment));
        return answer;
    }

    private BotControl control(Caller caller) {
        return new CallerControl(control, administration, caller);
    }

    private BotConfiguration known(String id, String name, List<String> command) {
        RuntimeConfiguration configuration = configuration(command);
        BotConfiguration bot = configuration.bot(id);
        if (bot == null) {
            throw CommandFailure.choice(command, name, "bot_id", id, new ArrayList<>(configuration.bots().keySet()));
        }
        return bot;
    }

    private RuntimeConfiguration configuration(List<String> command) {
        try {
            return RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
        } catch (ConfigurationFileException e) {
            throw new CommandFailure(command, e.getMessage() + "\n");
        }
    }

    private static Map<String, Object> words(Map<String, BotState> states) {
        Map<String, Object> words = new LinkedHashMap<>();
        states.forEach((bot, state) -> words.put(bot, state.word()));
        return words;
    }
}
