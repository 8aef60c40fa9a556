package org.intelmq.conformance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.replay.BotCase;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.RecordedResults;
import org.intelmq.replay.ReplayOutbox;

/** Compares with what a unit test of the original expects, where that counts instead of what its bot did without a network. */
final class AssertedResults {

    private AssertedResults() { }

    static void compare(Map<String, Object> record, BotCase running, Comparison comparison) throws IOException {
        messages(record, running.outbox(), comparison);
        RecordedResults.acts(record, running, comparison);
    }

    private static void messages(Map<String, Object> record, ReplayOutbox outbox, Comparison comparison) {
        for (Map<String, Object> asserted : Plain.<Map<String, Object>>list(record.get("asserted"))) {
            List<Object> sent = outbox.sent().getOrDefault((String) asserted.get("path"), List.of());
            String place = "output." + asserted.get("path");
            if (asserted.get("length") != null) {
                comparison.compare(place + "#length", asserted.get("length"), (long) sent.size());
                continue;
            }
            int index = ((Number) asserted.get("index")).intValue();
            Map<String, Object> expected = new LinkedHashMap<>(Plain.map(asserted.get("message")));
            Map<String, Object> got = index < sent.size() ? new LinkedHashMap<>(Plain.map(sent.get(index))) : new LinkedHashMap<>();
            for (String free : Boolean.TRUE.equals(asserted.get("ignore_raw")) ? List.of("time.observation", "raw") : List.of("time.observation")) {
                expected.remove(free);
                got.remove(free);
            }
            comparison.compare(place + "[" + index + "]", expected, got);
        }
    }
}
