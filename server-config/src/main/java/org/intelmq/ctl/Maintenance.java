package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.control.InstallationDetails;
import org.intelmq.control.LogFile;
import org.intelmq.engine.DatabaseUpdates;
import org.intelmq.engine.check.CheckAnswer;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.network.DnsJava;
import org.intelmq.network.JdkHttp;
import org.intelmq.upgrade.ConfigurationUpgrade;
import org.intelmq.upgrade.OldConfiguration;

/** Looks at logs, checks and upgrades the configuration; each method returns the exit code. */
final class Maintenance {

    static final Network NETWORK = new Network() {
        @Override
        public Http http(HttpParams params) {
            return new JdkHttp(params);
        }

        @Override
        public Dns dns() {
            return new DnsJava();
        }
    };

    private final Session session;
    private final Output output;

    Maintenance(Session session) {
        this.session = session;
        this.output = session.output();
    }

    int log(String bot, int lines, LogFile.Level level) throws IOException {
        Path file = session.installation().log(session.configuration().bot(bot)).resolve(bot + ".log");
        List<Map<String, Object>> entries;
        if (!Files.exists(file)) {
            Map<String, Object> none = new LinkedHashMap<>();
            none.put("date", LocalDateTime.now(ZoneId.systemDefault()).toString());
            none.put("bot_id", bot);
            none.put("log_level", "INFO");
            none.put("message", "No log file exists (yet).");
            entries = List.of(none);
        } else if (!Files.isReadable(file)) {
            output.complain("File '" + file + "' is not readable.");
            output.result("error");
            return 1;
        } else {
            entries = LogFile.read(file, lines, level);
        }
        for (Map<String, Object> entry : entries) {
            output.show(entry.get("date") + " - " + entry.get("bot_id") + " - " + entry.get("log_level") + " - " + entry.get("message"));
            if (entry.containsKey("extended_message")) {
                output.show(entry.get("extended_message").toString());
            }
        }
        output.result(entries);
        return 0;
    }

    int check(boolean quiet, boolean connections) {
        ConfigurationCheck.Result result = connections ? session.runningServer().flatMap(RemoteControl::check).orElseGet(() -> checked(true))
                : checked(false);
        for (ConfigurationCheck.Step step : result.steps()) {
            if (!quiet) {
                output.say(step.title());
            }
            step.problems().forEach(problem -> output.complainInText(CheckAnswer.sentence(problem)));
        }
        if (result.failed()) {
            output.complainInText("Some issues have been found, please check the above output.");
        } else if (!quiet) {
            output.say(result.problems().isEmpty() ? "No issues found." : "Nothing keeps the bots from running; see the lines above.");
        }
        output.result(CheckAnswer.of(result));
        return result.failed() ? 1 : 0;
    }

    private ConfigurationCheck.Result checked(boolean connections) {
        Map<String, Long> queues = connections && session.hasServer() ? session.control().queues() : null;
        return new ConfigurationCheck(session.installation(), session.catalogue(), session.environment(), NETWORK).run(queues);
    }

    int upgrade(ConfigurationUpgrade.Request request) throws IOException {
        OldConfiguration old = new OldConfiguration(session.installation());
        if (old.isThere() && request.dryRun()) {
            output.say("Would convert runtime.conf and the files beside it into " + session.installation().runtimeConfiguration() + ".");
            output.result("success");
            return 0;
        }
        old.takeOver(Clock.system(ZoneId.systemDefault())).ifPresent(output::say);
        String verdict = new ConfigurationUpgrade(session.installation(), request, Clock.system(ZoneId.systemDefault()), (level, text) -> {
            if (level == Level.SEVERE) {
                output.complain(text);
            } else {
                output.say(text);
            }
        }).run();
        if (verdict.equals("Nothing to do.")) {
            output.say(verdict);
        }
        output.result(verdict);
        return verdict.equals("error") ? 1 : 0;
    }

    /** Running bots that use a new database go on with it. */
    int updateDatabases(List<String> bots) {
        List<DatabaseUpdates.Update> updates = new DatabaseUpdates(session.installation(), session.catalogue(), JdkHttp::new)
                .run(bots.stream().map(session.configuration()::bot).toList());
        Map<String, Object> answer = new LinkedHashMap<>();
        boolean failed = false;
        for (DatabaseUpdates.Update update : updates) {
            failed |= update.problem() != null;
            answer.put(update.file().toString(), update.problem() == null ? "success" : update.problem());
            if (update.problem() == null) {
                output.say("Updated " + update.file() + ".");
                session.control().reload(update.bots());
            } else {
                output.complainInText(update.file() + " is not updated: " + update.problem());
            }
        }
        if (updates.isEmpty()) {
            output.say("No bot has a database to update.");
        }
        output.result(answer);
        return failed ? 1 : 0;
    }

    int debug(boolean paths, boolean variables) {
        Map<String, Object> answer = new LinkedHashMap<>();
        boolean all = !paths && !variables;
        if (paths || all) {
            answer.put("paths", tell("Paths:", InstallationDetails.paths(session.installation())));
        }
        if (variables || all) {
            Map<String, Object> values = InstallationDetails.variables(session.environment());
            answer.put("environment_variables", tell("Environment variables:", values));
        }
        output.result(answer);
        return 0;
    }

    private Map<String, Object> tell(String title, Map<String, Object> values) {
        output.show(title);
        values.forEach((name, value) -> output.show(name + ": " + (value == null ? "None" : "'" + value + "'")));
        return values;
    }
}
