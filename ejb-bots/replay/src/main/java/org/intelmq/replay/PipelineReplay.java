package org.intelmq.replay;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.engine.lend.Network;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Runs cases of a pipeline and compares what arrives. In such a case {@code bot} is an id of {@code runtime.yaml}, {@code input} the messages
 * it gets, {@code output} the messages that arrive at each bot where the way ends (see {@link PipelineRun}) and at any other bot that is named
 * there; {@code error} is what is dumped, by bot. Everything else is as in cases of bots: {@code clock}, {@code files}, {@code http}, {@code
 * continues}, {@code nondeterministic}; {@code parameters} are by bot.
 */
final class PipelineReplay implements AutoCloseable {

    private final ReplaySite site;
    private final Network network;
    private final Set<String> continued;
    private final Map<String, PipelineRun> waiting = new HashMap<>();
    private RuntimeConfiguration configuration;

    /**
     * @param network gives answers that a case does not have; {@code null} for none
     * @param continued ids of cases that later ones continue
     */
    PipelineReplay(ReplaySite site, Network network, Set<String> continued) {
        this.site = site;
        this.network = network;
        this.continued = continued;
    }

    /** Modules have dots in their names; ids of bots do not. */
    static boolean isPipelineCase(Map<String, Object> record) {
        return record.get("bot") instanceof String bot && bot.indexOf('.') < 0;
    }

    Outcome replay(Map<String, Object> given) throws IOException {
        String id = (String) given.get("id");
        Comparison comparison = new Comparison(RecordedResults.ignored(Plain.list(given.get("nondeterministic"))), false);
        try {
            run(given, (record, result) -> compare(record, result, comparison));
        } catch (ConfigurationException e) {
            comparison.report("case", "one that fits " + site.runtimeConfiguration(), e.getMessage());
        }
        return Outcome.of(id, (String) given.get("bot"), comparison.differences());
    }

    private static void compare(Map<String, Object> record, PipelineRun.Result result, Comparison comparison) {
        result.problems().forEach(problem -> comparison.report("run", Mismatch.NOTHING, problem));
        comparison.compare("http", result.recorded(), result.requested());
        Map<String, Object> expected = Plain.map(record.get("output"));
        for (String name : names(expected, result.arrived())) {
            comparison.compare("output." + name, messages(expected.get(name)), Plain.list(result.arrived().get(name)));
        }
        Map<String, Object> failures = Plain.map(record.get("error"));
        for (String name : names(failures, result.failures())) {
            comparison.compare("error." + name, messages(failures.get(name)),
                    asExpected(Plain.list(failures.get(name)), Plain.list(result.failures().get(name))));
        }
    }

    private static Set<String> names(Map<String, Object> expected, Map<String, Object> got) {
        Set<String> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(got.keySet());
        return names;
    }

    /** The type of a message need not be given. */
    private static List<Object> messages(Object expected) {
        List<Object> messages = new ArrayList<>();
        for (Object entry : Plain.list(expected)) {
            Map<String, Object> message = CaseMessage.withRaw(Plain.map(entry));
            message.remove("__type");
            messages.add(message);
        }
        return messages;
    }

    /** A reason or a message that is not in the case may be anything. */
    private static List<Object> asExpected(List<Map<String, Object>> expected, List<Map<String, Object>> got) {
        List<Object> compared = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
            Map<String, Object> failure = new LinkedHashMap<>(got.get(i));
            if (i < expected.size()) {
                failure.keySet().retainAll(expected.get(i).keySet());
            }
            compared.add(failure);
        }
        return compared;
    }

    /**
     * Runs a case that has no results yet, or needs new ones.
     *
     * @return the case, with the results as its expectations
     * @throws ConfigurationException saying why it cannot be recorded
     */
    Map<String, Object> record(Map<String, Object> given) throws IOException {
        Map<String, Object> recorded = new LinkedHashMap<>(given);
        recorded.putIfAbsent("clock", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run(recorded, (record, result) -> {
            if (!result.problems().isEmpty()) {
                throw new ConfigurationException(String.join("; ", result.problems()));
            }
            Map<String, Object> output = new LinkedHashMap<>();
            Set<String> wanted = Plain.map(given.get("output")).keySet();
            result.arrived().forEach((name, messages) -> {
                if (wanted.contains(name) || !Plain.list(messages).isEmpty()) {
                    output.put(name, messages);
                }
            });
            recorded.putAll(result.answers());
            recorded.put("output", output);
            if (!result.failures().isEmpty()) {
                recorded.put("error", result.failures());
            }
        });
        return recorded;
    }

    private interface Use {
        void accept(Map<String, Object> record, PipelineRun.Result result);
    }

    private void run(Map<String, Object> given, Use use) throws IOException {
        if (configuration == null) {
            configuration = site.configuration();
        }
        Object before = given.get("continues");
        PipelineRun run = before == null ? null : waiting.remove(before);
        if (before != null && run == null) {
            throw new ConfigurationException("'continues' cannot be \"" + before + "\": expected the id of a case before this one");
        }
        if (run == null) {
            run = new PipelineRun(site, configuration, network);
        }
        try {
            Map<String, Object> record = Plain.map(Markers.resolve(given, BotCase.PLACEHOLDER, run.files().toString()));
            use.accept(record, run.run(record));
        } finally {
            if (continued.contains(given.get("id"))) {
                waiting.put((String) given.get("id"), run);
            } else {
                run.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (PipelineRun run : waiting.values()) {
            run.close();
        }
        waiting.clear();
    }
}
