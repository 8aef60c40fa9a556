package org.intelmq.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Json;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * The user's configuration in a folder of its own, with its own logs and dumps, so that nothing of the installation is touched. Each message
 * is tried once and immediately, and a collector runs once, whatever the configuration says about retries and rates.
 */
final class TrialInstallation {

    private static final Map<String, Object> AT_ONCE = Map.of("error_max_retries", 0L, "error_procedure", "pass", "error_dump_message", true,
            "rate_limit", 0L, "instances_threads", 1L, "queue_limit", 0L);
    private static final String LOGS = "logging_path";

    private final ReplaySite site;
    private final RuntimeConfiguration configuration;
    private final Installation installation;

    TrialInstallation(ReplaySite site, RuntimeConfiguration configuration, CaseFolder folder) {
        this.site = site;
        this.configuration = configuration;
        Installation here = Installation.at(folder.installation());
        // relative paths are meant from where they were configured
        this.installation = new Installation(site.installation().root(), here.etc(), here.log(), here.run(), site.installation().bots(), here.broker(),
                here.state());
    }

    Installation installation() {
        return installation;
    }

    /** Variables for parameters that are set here do not count. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(site.environment());
        AT_ONCE.keySet().forEach(name -> environment.remove(variable(name)));
        environment.remove(variable(LOGS));
        return environment;
    }

    private static String variable(String parameter) {
        return "INTELMQ_" + parameter.toUpperCase(Locale.ROOT);
    }

    /** @param changes parameters of the case, by bot */
    void write(Map<String, Object> changes) throws IOException {
        for (String id : changes.keySet()) {
            if (configuration.bot(id) == null) {
                throw new ConfigurationException("'parameters' name the bot \"" + id + "\", which is not in " + site.runtimeConfiguration()
                        + ": expected one of " + configuration.bots().keySet());
            }
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("global", configuration.global());
        configuration.bots().forEach((id, bot) -> sections.put(id, section(bot, Plain.map(changes.get(id)))));
        Files.createDirectories(installation.etc());
        Files.createDirectories(installation.log());
        Files.createDirectories(installation.state());
        Files.writeString(installation.runtimeConfiguration(), Json.write(sections));
        if (Files.exists(site.harmonizationFile())) {
            Files.write(installation.harmonization(), Files.readAllBytes(site.harmonizationFile()));
        }
    }

    private Map<String, Object> section(BotConfiguration bot, Map<String, Object> changes) {
        Map<String, Object> parameters = new LinkedHashMap<>(bot.ownParameters());
        parameters.putAll(changes);
        parameters.putAll(AT_ONCE);
        if (bot.isCollector()) {
            parameters.put("rate_limit", "1d");
        }
        parameters.put(LOGS, installation.log().toString());
        parameters.put("destination_queues", bot.destinationQueues());
        parameters.put("source_queue", bot.sourceQueue());
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("name", bot.name());
        section.put("group", bot.group());
        section.put("module", bot.module());
        section.put("parameters", parameters);
        return section;
    }

    /** What each bot dumped in this run, with the reason. */
    Map<String, Object> failures() throws IOException {
        Map<String, Object> failures = new LinkedHashMap<>();
        for (String id : configuration.bots().keySet()) {
            Path dump = installation.log().resolve(id + ".dump");
            if (Files.exists(dump)) {
                List<Object> entries = new ArrayList<>();
                Plain.map(Json.parse(Files.readString(dump))).values().forEach(entry -> entries.add(failure(Plain.map(entry))));
                failures.put(id, entries);
                Files.delete(dump);
            }
        }
        return failures;
    }

    private static Map<String, Object> failure(Map<String, Object> dumped) {
        Map<String, Object> failure = new LinkedHashMap<>();
        String reason = dumped.get("traceback").toString().lines().findFirst().orElse("");
        failure.put("reason", reason.replaceFirst("^(?:\\w+\\.)+(\\w+): ", "$1: "));
        failure.put("message", CaseMessage.plain(dumped.get("message").toString()));
        return failure;
    }
}
