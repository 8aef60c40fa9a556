package org.intelmq.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;

/** A parser's {@code default_fields}: set on each event that lacks them. */
public record DefaultFields(Map<String, Object> values) {

    /** Every name and value that events refuse, one line each. */
    public List<String> problems(Harmonization harmonization) {
        Event probe = new Event(harmonization);
        List<String> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            try {
                probe.add(Field.of(name), value, IfPresent.KEEP);
            } catch (InvalidKey | InvalidValue e) {
                problems.add("parameter 'default_fields': " + e.getMessage());
            }
        });
        return problems;
    }

    public void complete(Event event) {
        values.forEach((name, value) -> event.add(Field.of(name), value, IfPresent.KEEP));
    }
}
