package org.intelmq.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;

/** A parser's {@code default_fields}: set on each event that lacks them. Immutable. */
public final class DefaultFields {

    private final Map<String, Object> values;

    private DefaultFields(Map<String, Object> values) {
        this.values = values;
    }

    /** For recorded runs, which went on with values that no bot starts with: each row fails then. */
    public static DefaultFields unchecked(Map<String, Object> values) {
        return new DefaultFields(values);
    }

    /** @throws ConfigurationException naming every key and value that events do not take */
    public DefaultFields(Map<String, Object> values, Harmonization harmonization) {
        this(values);
        Event probe = new Event(harmonization);
        List<String> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            try {
                probe.add(Field.of(name), value, IfPresent.KEEP);
            } catch (InvalidKey | InvalidValue e) {
                problems.add(e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException("parameter 'default_fields': " + String.join("; ", problems));
        }
    }

    public void complete(Event event) {
        values.forEach((name, value) -> event.add(Field.of(name), value, IfPresent.KEEP));
    }
}
