package org.intelmq.administration.feeds;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.ChangeDraft;
import org.intelmq.administration.configuration.Draft;

/**
 * Adds a feed's collector and parser to the caller's draft, as {@code intelmqctl add feed} adds them to the file.
 *
 * @param id     of a known feed
 * @param values what the feed asks for, and parameters of its bots
 * @param to     bots that get the events; empty for those that all other parsers send to
 */
public record DraftFeed(String id, Map<String, String> values, List<String> to) implements Query<Draft> {

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Draft perform(Site site) throws IOException {
        WantedFeed wanted = WantedFeed.of(site, id, values);
        return ChangeDraft.change(site, text -> {
            Map<String, Object> sections = text.sections();
            sections.putAll(wanted.sections(text.configuration(site.environment()), to));
            return text.with(sections);
        });
    }
}
