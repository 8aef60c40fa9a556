package org.intelmq.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.conformance.outside.Outsides;
import org.intelmq.message.Harmonization;
import org.intelmq.replay.BotCase;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Exceptions;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;
import org.intelmq.replay.RecordedDns;
import org.intelmq.replay.RecordedResults;
import org.intelmq.replay.ReplaySite;

/** Runs cases of the original's bots and compares what comes out. */
final class OriginalBotReplay implements AutoCloseable {

    /** What no recording can stand in for. */
    private static final Set<String> UNSERVED = Set.of("postgres", "rsync", "smtp", "socket");
    /** What a recording may or may not stand in for. */
    private static final Set<String> UNCERTAIN = Set.of("python-mock", "network");

    /** Of all bots that were recorded with an outside. */
    private static final String BOT_ID = "test-bot";

    private final ReplaySite site;
    private final Set<String> continued;
    private final Function<HttpParams, Http> web;
    private final Map<String, BotCase> waiting = new HashMap<>();

    /**
     * @param continued ids of cases whose bot goes on in a later one
     * @param web       for cases with an outside, which is run on the loopback; {@code null} if none may be run
     */
    OriginalBotReplay(ReplaySite site, Set<String> continued, Function<HttpParams, Http> web) {
        this.site = site;
        this.continued = continued;
        this.web = web;
    }

    Outcome replay(Map<String, Object> recorded) throws Exception {
        String id = (String) recorded.get("id");
        String module = (String) recorded.get("bot");
        BotType<?> type = site.catalogue().find(module);
        if (type == null) {
            return Outcome.unsupported(id, module, "there is no bot " + module);
        }
        List<String> needs = Plain.list(recorded.get("needs"));
        String missing = needs.stream().filter(UNSERVED::contains).findFirst().orElse(null);
        if (missing == null) {
            missing = web == null && Outsides.isIn(recorded) ? "a web server" : Outsides.unserved(recorded);
        }
        if (missing != null) {
            return Outcome.unsupported(id, module, "needs " + missing);
        }
        BotCase running = waiting.remove(recorded.getOrDefault("continues", ""));
        if (running == null) {
            running = new BotCase(null);
        }
        List<String> differing = new ArrayList<>(Plain.list(recorded.get("nondeterministic")));
        differing.addAll(Plain.list(recorded.get("unstable")));
        Comparison comparison = new Comparison(RecordedResults.ignored(differing), !needs.contains("network"));
        try {
            Map<String, Object> record = Plain.map(Markers.resolve(recorded, BotCase.PLACEHOLDER, running.folder().files().toString()));
            if (Outsides.isIn(record)) {
                runWithOutside(record, type, running, comparison);
            } else {
                run(record, type, running, comparison);
            }
        } finally {
            if (continued.contains(id)) {
                waiting.put(id, running);
            } else {
                running.close();
            }
        }
        String doubtful = comparison.differences().isEmpty() ? null : doubtful(recorded, running, comparison);
        return doubtful == null ? Outcome.of(id, module, comparison.differences()) : Outcome.unsupported(id, module, doubtful);
    }

    /** Why differences may be due to the recording, which does not hold all that the bot met; {@code null} if it does. */
    private static String doubtful(Map<String, Object> recorded, BotCase running, Comparison comparison) {
        if (running.unserved() != null) {
            return running.unserved();
        }
        List<String> needs = Plain.list(recorded.get("needs"));
        // what bots remember is kept in memory; but a unit test, and a bot that exchanges messages, may have met a filled Redis
        boolean filledRedis = needs.contains("redis") && (recorded.containsKey("passed") || ((String) recorded.get("bot")).contains("redis"));
        return filledRedis || needs.stream().anyMatch(UNCERTAIN::contains)
                ? "needs " + String.join(", ", needs) + ": " + comparison.differences().get(0) : null;
    }

    private void runWithOutside(Map<String, Object> given, BotType<?> type, BotCase running, Comparison comparison) throws Exception {
        try (Outsides outsides = Outsides.start(given, running.folder().files())) {
            Map<String, Object> record = outsides.placed(given);
            record.putIfAbsent("bot_id", BOT_ID);
            record.put("destination_paths", List.copyOf(Plain.map(record.get("output")).keySet()));
            running.services().reach(outsides.web(web));
            outsides.attach(running.services());
            running.toldBy(outsides.source());
            if (run(record, type, running, comparison)) {
                outsides.compare(record, comparison);
            }
        }
    }

    /** Returns whether the bot could be made. */
    private boolean run(Map<String, Object> record, BotType<?> type, BotCase running, Comparison comparison) throws Exception {
        boolean network = Plain.list(record.get("needs")).contains("network");
        List<Map<String, Object>> expectedEvents = new ArrayList<>();
        if (network) {
            Plain.<Map<String, Object>>list(record.get("asserted")).stream().filter(asserted -> asserted.containsKey("message"))
                    .forEach(asserted -> expectedEvents.add(Plain.map(asserted.get("message"))));
        }
        running.begin(record, record.containsKey("dns") ? new RecordedDns(Plain.map(record.get("dns")), null, running::lacks)
                : new InferredDns(expectedEvents, running::lacks));
        running.folder().layOut(Plain.list(record.get("dirs")), Plain.map(record.get("files")));
        Object wantedProblem = record.get("init_error");
        if (!running.isCreated()) {
            try {
                running.create(record, type, harmonization(), running.folder().data());
            } catch (Exception e) {
                if (wantedProblem == null) {
                    comparison.report("start of the bot", Mismatch.NOTHING, Exceptions.describe(e));
                }
                return false;
            }
        }
        if (wantedProblem != null && !running.isTold()) {
            comparison.report("start of the bot", Plain.map(wantedProblem).get("message"), Mismatch.NOTHING);
            return true;
        }
        if (ToolReplay.isIn(record)) {
            ToolReplay.run(record, type, running, running.folder().files(), comparison);
            return true;
        }
        int left = running.process(record, Plain.list(record.get("destination_paths")));
        if (running.unreached() != null || wantedProblem != null) {
            compareStart(wantedProblem, running.unreached(), comparison);
            return true;
        }
        if (!continued.contains(record.get("id"))) {
            running.end();
        }
        if (network) {
            AssertedResults.compare(record, running, comparison);
        } else {
            RecordedResults.compare(record, running, left, comparison);
        }
        return true;
    }

    /** What the original does while it is made, a bot that is told things does when it begins to listen. */
    private static void compareStart(Object wantedProblem, Exception problem, Comparison comparison) {
        if (wantedProblem == null || problem == null) {
            comparison.report("start of the bot", wantedProblem == null ? Mismatch.NOTHING : Plain.map(wantedProblem).get("message"),
                    problem == null ? Mismatch.NOTHING : Exceptions.describe(problem));
        }
    }

    private Harmonization harmonization() {
        return site.harmonization() == null ? RecordedHarmonization.INSTANCE : site.harmonizationInUse();
    }

    @Override
    public void close() throws Exception {
        for (BotCase running : waiting.values()) {
            running.close();
        }
        waiting.clear();
    }
}
