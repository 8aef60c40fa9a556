package org.intelmq.administration.feeds;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.ChangeDraft;
import org.intelmq.administration.configuration.Draft;
import org.intelmq.feeds.ChosenFeed;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Adds a feed's collector and parser to the caller's draft, as {@code intelmqctl add feed} adds them to the file. Where nothing takes
 * events yet, an output that writes them to the embedded database comes along.
 *
 * @param id     of a known feed
 * @param values what the feed asks for, and parameters of its bots
 * @param to     bots that get the events; empty for those that all other parsers send to
 */
public record DraftFeed(String id, Map<String, String> values, List<String> to) implements Query<Draft> {

    private static final String OUTPUT = "sql-output";

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Draft perform(Site site) throws IOException {
        WantedFeed wanted = WantedFeed.of(site, id, values);
        return ChangeDraft.change(site, text -> {
            Map<String, Object> sections = text.sections();
            RuntimeConfiguration configuration = text.configuration(site.environment());
            if (!ChosenFeed.hasDestination(configuration)) {
                sections.put(OUTPUT, output());
                configuration = text.with(sections).configuration(site.environment());
                sections.putAll(wanted.sections(configuration, List.of(OUTPUT)));
            } else {
                sections.putAll(wanted.sections(configuration, to));
            }
            return text.with(sections);
        });
    }

    private static Map<String, Object> output() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("bot_id", OUTPUT);
        section.put("name", "Event database");
        section.put("description", "Writes events to the embedded database, where the console finds them.");
        section.put("group", "Output");
        section.put("module", "intelmq.bots.outputs.sql.output");
        section.put("enabled", true);
        section.put("run_mode", "continuous");
        section.put("parameters", new LinkedHashMap<>());
        return section;
    }
}
