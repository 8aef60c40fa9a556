package org.intelmq.administration.events;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/** One event with all its fields. */
public record ShowEvent(String id) implements Query<Map<String, Object>> {

    @Override
    public Map<String, Object> perform(Site site) throws Exception {
        Map<String, Object> found = EventStore.read(site, reader -> reader.one(id));
        if (found == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-event", "there is no event with the id " + id, "Search for it.");
        }
        Map<String, Object> set = new LinkedHashMap<>(found);
        set.values().removeIf(value -> value == null);
        return set;
    }
}
