package org.intelmq.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.engine.lend.Network;

/** Runs cases of single bots, as {@link Recorder} creates them, and compares the results. */
final class BotReplay implements AutoCloseable {

    private final ReplaySite site;
    private final Set<String> continued;
    private final Map<String, BotCase> waiting = new HashMap<>();

    /** @param continued ids of cases that a later case continues */
    BotReplay(ReplaySite site, Set<String> continued) {
        this.site = site;
        this.continued = continued;
    }

    Outcome replay(Map<String, Object> recorded) throws Exception {
        String id = (String) recorded.get("id");
        String module = (String) recorded.get("bot");
        BotType<?> type = site.catalogue().find(module);
        if (type == null) {
            return Outcome.unsupported(id, module, "there is no bot " + module);
        }
        BotCase running = waiting.remove(recorded.getOrDefault("continues", ""));
        if (running == null) {
            running = new BotCase(null);
        }
        Comparison comparison = new Comparison(RecordedResults.ignored(Plain.list(recorded.get("nondeterministic"))), true);
        try {
            run(Plain.map(Markers.resolve(recorded, BotCase.PLACEHOLDER, running.folder().files().toString())), type, running, comparison);
        } finally {
            if (continued.contains(id)) {
                waiting.put(id, running);
            } else {
                running.close();
            }
        }
        return Outcome.of(id, module, comparison.differences());
    }

    private void run(Map<String, Object> record, BotType<?> type, BotCase running, Comparison comparison) throws Exception {
        running.begin(record, new RecordedDns(Plain.map(record.get("dns")), null, running::lacks));
        running.folder().layOut(Plain.list(record.get("dirs")), Plain.map(record.get("files")));
        if (!running.isCreated()) {
            try {
                running.create(record, type, site.harmonizationInUse(), site.installation().bots());
            } catch (Exception e) {
                comparison.report("start of the bot", Mismatch.NOTHING, Exceptions.describe(e));
                return;
            }
        }
        int left = running.process(record, Plain.list(record.get("destination_paths")));
        if (!continued.contains(record.get("id"))) {
            running.end();
        }
        RecordedResults.compare(record, running, left, comparison);
    }

    /**
     * Runs a case that has no results yet, in a bot of its own.
     *
     * @param network answers what the bot wants to know; {@code null} for none
     * @return the case, with the results as its expectations
     * @throws ConfigurationException if the bot cannot be created, or asks a system that no recording stands in for
     */
    static Map<String, Object> record(Map<String, Object> given, BotType<?> type, ReplaySite site, Network network) throws Exception {
        try (BotCase running = new BotCase(network)) {
            RecordedDns dns = new RecordedDns(Map.of(), network, running::lacks);
            running.begin(given, dns);
            running.create(given, type, site.harmonizationInUse(), site.installation().bots());
            running.process(given, Plain.list(given.get("destination_paths")));
            if (running.unserved() != null) {
                throw new ConfigurationException("a case of " + type.module() + " cannot be recorded: " + running.unserved());
            }
            Map<String, Object> recorded = new LinkedHashMap<>(given);
            recorded.put("http", running.services().http().exchanges());
            recorded.put("dns", dns.answers());
            recorded.put("output", running.outbox().sent());
            List<Object> failures = new ArrayList<>();
            for (ReplayOutbox.Failure failure : running.outbox().failures()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("exception", failure.reason().getClass().getName());
                entry.put("exception_message", failure.reason().getMessage());
                entry.put("message", failure.message() == null ? Map.of("$raw", failure.undecoded()) : Plain.message(failure.message()));
                failures.add(entry);
            }
            recorded.put("error", failures);
            return recorded;
        }
    }

    @Override
    public void close() throws Exception {
        for (BotCase running : waiting.values()) {
            running.close();
        }
        waiting.clear();
    }
}
