package org.intelmq.administration.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Page;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/**
 * Events, newest first, with their {@code id} and the fields that are wanted; of a very long value, the beginning.
 *
 * @param columns fields; those without a column are refused
 * @param offset  how many to leave out first; with a fixed end of the time, a row keeps its number
 */
public record FindEvents(EventFilter filter, List<String> columns, int limit, long offset) implements Query<Page<Map<String, Object>>> {

    @Override
    public Page<Map<String, Object>> perform(Site site) throws Exception {
        List<String> wanted = new ArrayList<>(List.of("id"));
        columns.stream().filter(name -> !wanted.contains(name)).forEach(wanted::add);
        return EventStore.read(site, reader -> {
            List<Map<String, Object>> found = reader.rows(filter, wanted, limit + 1, offset);
            boolean isMore = found.size() > limit;
            return new Page<>(found.stream().limit(limit).map(ShownValue::ofAll).toList(), isMore ? String.valueOf(offset + limit) : null);
        });
    }
}
