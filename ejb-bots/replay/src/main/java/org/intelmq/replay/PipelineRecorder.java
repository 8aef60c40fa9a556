package org.intelmq.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.engine.lend.Network;
import org.intelmq.message.Json;
import org.intelmq.pipeline.ConfigurationFile;

/** Creates and completes cases of a pipeline for {@link Replay}: what arrives now is expected from then on. */
public final class PipelineRecorder {

    private final ReplaySite site;
    private final Network network;

    /** @param network gives answers that a case does not have, which are recorded; {@code null} for none */
    public PipelineRecorder(ReplaySite site, Network network) {
        this.site = site;
        this.network = network;
    }

    /**
     * @param inputs messages that the bot got, in serialised form
     * @return the case, one line of JSON
     * @throws ConfigurationException if it cannot be recorded; the message says why
     */
    public String record(String bot, List<String> inputs, Instant now) throws Exception {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("id", bot + "-" + now.toEpochMilli());
        given.put("bot", bot);
        given.put("clock", now.truncatedTo(ChronoUnit.SECONDS).toString());
        given.put("input", inputs.stream().map(CaseMessage::plain).toList());
        try (PipelineReplay replay = new PipelineReplay(site, network, Set.of())) {
            return Json.write(replay.record(given));
        }
    }

    /**
     * Adds {@code output} and {@code error} to the cases of a pipeline that have no {@code output}, or {@code null} for one of its bots.
     *
     * @return how many cases were completed; the file is only written if all could be
     * @throws ConfigurationException naming the case that cannot be recorded, and why
     */
    public int complete(Path file) throws Exception {
        if (CaseFile.isPacked(file)) {
            throw new ConfigurationException(file + " is packed: expected a file whose cases can be read, .jsonl");
        }
        List<String> lines = new ArrayList<>(CaseFile.lines(file));
        List<Map<String, Object>> records = new ArrayList<>();
        Set<String> continued = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Map<String, Object> record = CaseFile.record(file, i + 1, lines.get(i));
            records.add(record);
            continued.add(String.valueOf(record.get("continues")));
        }
        int completed = 0;
        try (PipelineReplay replay = new PipelineReplay(site, network, continued)) {
            for (int i = 0; i < lines.size(); i++) {
                Map<String, Object> record = records.get(i);
                boolean complete = isComplete(record);
                if (!PipelineReplay.isPipelineCase(record) || complete && !continued.contains(record.get("id"))) {
                    continue;
                }
                Map<String, Object> recorded = recorded(replay, record);
                if (!complete) {
                    recorded.keySet().retainAll(withResults(lines.get(i)));
                    lines.set(i, Json.write(recorded));
                    completed++;
                }
            }
        }
        if (completed > 0) {
            ConfigurationFile.replace(file, String.join("\n", lines) + "\n");
        }
        return completed;
    }

    /** The keys on the line and those of results. An id that only tells the place is not recorded. */
    private static Set<String> withResults(String line) {
        Set<String> keys = new HashSet<>(Plain.map(Json.parse(line)).keySet());
        keys.addAll(List.of("clock", "http", "dns", "output", "error"));
        return keys;
    }

    private static boolean isComplete(Map<String, Object> record) {
        return record.get("output") instanceof Map<?, ?> output && !output.containsValue(null);
    }

    private static Map<String, Object> recorded(PipelineReplay replay, Map<String, Object> record) throws Exception {
        try {
            return replay.record(record);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("case " + record.get("id") + ": " + e.getMessage());
        }
    }
}
