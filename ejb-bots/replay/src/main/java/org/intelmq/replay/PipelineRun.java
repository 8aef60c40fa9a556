package org.intelmq.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.EngineControl;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.lend.Network;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.KeyExists;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Runs cases through the user's pipeline, one after the other, with what the bots remember: from one bot along the routes to where they end.
 * That is at outputs, at disabled bots, and at bots with connections of their own; these are not run, and what arrives there waits.
 */
final class PipelineRun implements AutoCloseable {

    private final ReplaySite site;
    private final RuntimeConfiguration configuration;
    private final CaseFolder folder;
    private final ReplayServices services;
    private final Network network;

    /**
     * The results for the inputs.
     *
     * @param arrived by bot, or by queue if no bot takes it
     * @param failures by bot: what was dumped, with the reason
     * @param problems what prevented a proper run, one line each
     * @param recorded the web requests that the case has answers for
     * @param requested the web requests that were made
     * @param answers of other systems, in the form of the case
     */
    record Result(Map<String, Object> arrived, Map<String, Object> failures, List<String> problems, List<Object> recorded,
                  List<Object> requested, Map<String, Object> answers) { }

    /** @param network gives answers that a case does not have; {@code null} for none */
    PipelineRun(ReplaySite site, RuntimeConfiguration configuration, Network network) throws IOException {
        this.site = site;
        this.configuration = configuration;
        this.folder = new CaseFolder();
        this.services = new ReplayServices(folder.state(), network);
        this.network = network;
    }

    Path files() {
        return folder.files();
    }

    /** @throws ConfigurationException if the case does not fit the pipeline */
    Result run(Map<String, Object> record) throws IOException {
        BotConfiguration first = first(record);
        List<String> inputs = inputs(record, first);
        TrialInstallation trial = new TrialInstallation(site, configuration, folder);
        trial.write(Plain.map(record.get("parameters")));
        folder.layOut(Plain.list(record.get("dirs")), Plain.map(record.get("files")));
        Set<String> problems = new LinkedHashSet<>();
        RecordedDns dns = new RecordedDns(Plain.map(record.get("dns")), network, problems::add);
        services.begin(record, dns, problems::add);
        try (MemoryEngine memory = new MemoryEngine(trial.installation(), trial.environment(), site.catalogue(), services)) {
            Map<String, Supplier<List<String>>> arriving = new LinkedHashMap<>();
            Set<String> running;
            try {
                running = start(memory, first, Plain.map(record.get("output")).keySet(), arriving);
            } catch (BotStartException e) {
                return new Result(Map.of(), Map.of(), e.problems().stream().map(Problem::text).toList(), List.of(), List.of(), Map.of());
            }
            send(inputs, memory.control(), first.sourceQueue());
            memory.run();
            running.stream().map(memory::problem).filter(Objects::nonNull).forEach(problems::add);
            Map<String, Object> arrived = new LinkedHashMap<>();
            arriving.forEach((name, messages) -> arrived.put(name, messages.get().stream().map(CaseMessage::plain).toList()));
            return new Result(arrived, trial.failures(), List.copyOf(problems), services.http().recorded(),
                    services.http().requested(), answers(dns));
        }
    }

    private Map<String, Object> answers(RecordedDns dns) {
        Map<String, Object> answers = new LinkedHashMap<>();
        if (!services.http().exchanges().isEmpty()) {
            answers.put("http", services.http().exchanges());
        }
        if (!dns.answers().isEmpty()) {
            answers.put("dns", dns.answers());
        }
        return answers;
    }

    private BotConfiguration first(Map<String, Object> record) {
        BotConfiguration first = configuration.bot((String) record.get("bot"));
        if (first == null) {
            throw new ConfigurationException("'bot' cannot be \"" + record.get("bot") + "\": expected one of " + site.runtimeConfiguration() + ": "
                    + configuration.bots().keySet());
        }
        BotType<?> type = type(first);
        if (type != null && (type.group() == BotGroup.OUTPUT || type.connects())) {
            throw new ConfigurationException("'bot' cannot be \"" + first.id()
                    + "\": it acts on other systems and so is not run; expected a bot before or after it");
        }
        boolean served = network != null && asksTheWeb(type) || record.get("http") != null
                || Json.write(Plain.map(record.get("parameters")).get(first.id())).contains(files().toString());
        if (type != null && type.group() == BotGroup.COLLECTOR && !served) {
            throw new ConfigurationException("'bot' is the collector \"" + first.id() + "\": expected its web exchanges in 'http', or in 'parameters' "
                    + "what lets it take the case's 'files' from " + BotCase.PLACEHOLDER);
        }
        return first;
    }

    private List<String> inputs(Map<String, Object> record, BotConfiguration first) {
        BotType<?> type = type(first);
        List<String> inputs = new ArrayList<>();
        for (Object input : Plain.list(record.get("input"))) {
            if (!(input instanceof Map<?, ?>)) {
                throw new ConfigurationException("'input' cannot be " + Json.write(record.get("input")) + ": expected a list of messages");
            }
            Map<String, Object> message = CaseMessage.withRaw(Plain.map(input));
            message.putIfAbsent("__type", type != null && type.group() == BotGroup.PARSER ? "Report" : "Event");
            inputs.add(Json.write(message));
        }
        return inputs;
    }

    private static boolean asksTheWeb(BotType<?> type) {
        return type != null && Arrays.stream(type.params().getRecordComponents()).anyMatch(component -> component.getType() == HttpParams.class);
    }

    private static void send(List<String> inputs, EngineControl control, String queue) {
        for (int i = 0; i < inputs.size(); i++) {
            try {
                control.send(queue, inputs.get(i));
            } catch (InvalidValue | InvalidKey | InvalidArgument | KeyExists | JsonException | IllegalArgumentException e) {
                throw new ConfigurationException("'input' " + (i + 1) + " is not a message here: " + e.getMessage(), e);
            }
        }
    }

    private BotType<?> type(BotConfiguration bot) {
        return bot.module() == null ? null : site.catalogue().find(bot.module());
    }

    /**
     * Starts the bots that the messages can pass.
     *
     * @param watched bots whose inputs are wanted although they are run
     * @param arriving takes the places where messages arrive
     * @return the bots that run
     */
    private Set<String> start(MemoryEngine memory, BotConfiguration first, Set<String> watched, Map<String, Supplier<List<String>>> arriving) {
        Map<String, BotConfiguration> takers = new LinkedHashMap<>();
        configuration.bots().values().stream().filter(bot -> !bot.isCollector()).forEach(bot -> takers.put(bot.sourceQueue(), bot));
        Set<String> running = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        Deque<BotConfiguration> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            BotConfiguration bot = next.remove();
            if (!running.add(bot.id())) {
                continue;
            }
            memory.engine().start(bot.id());
            if (watched.contains(bot.id())) {
                arriving.put(bot.id(), memory.watch(bot.id()));
            }
            bot.destinations().stream().filter(seen::add).forEach(queue -> {
                BotConfiguration taker = takers.get(queue);
                if (taker != null && isRun(taker)) {
                    next.add(taker);
                } else {
                    arriving.put(taker == null ? queue : taker.id(), () -> memory.control().peek(queue, Integer.MAX_VALUE));
                }
            });
        }
        return running;
    }

    private boolean isRun(BotConfiguration bot) {
        BotType<?> type = type(bot);
        return bot.enabled() && (type == null || type.group() != BotGroup.OUTPUT && !type.connects());
    }

    @Override
    public void close() throws IOException {
        try (folder; services) {
            // both have something to give back
        }
    }
}
