package org.intelmq.administration.feeds;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.engine.workbench.FeedSample;
import org.intelmq.feeds.Feed;
import org.intelmq.feeds.Feeds;
import org.intelmq.message.Json;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Fetches from the feed once and parses it, so that somebody sees real events before it is added. Nothing is saved, and the source is
 * not told.
 *
 * @param id     of a known feed, or of a configured collector
 * @param values what the feed asks for, and parameters of its bots; empty for the bots that are configured, if it is in use
 */
public record SampleFeed(String id, Map<String, String> values) implements Query<SampleFeed.Answer> {

    private static final String NEXT = "sample-output";

    /**
     * @param events the first three, each a map of fields
     * @param count  of all
     * @param step   at what it has failed: {@code settings}, {@code network}, {@code login} or {@code format}; {@code null} if it has not
     */
    public record Answer(List<Map<String, Object>> events, long count, String step, String error) { }

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public Answer perform(Site site) throws IOException {
        List<BotConfiguration> bots = values == null || values.isEmpty() ? inUse(site) : List.of();
        if (bots.isEmpty()) {
            bots = wanted(site);
        }
        FeedSample.Result result = site.workbench().sample().take(bots.get(0), bots.get(1));
        List<Map<String, Object>> events = new ArrayList<>();
        for (String each : result.events()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) Json.parse(each)).forEach((name, value) -> fields.put(String.valueOf(name), value));
            fields.remove("__type");
            events.add(fields);
        }
        return new Answer(events, result.count(), result.step() == null ? null : result.step().name().toLowerCase(Locale.ROOT), result.error());
    }

    /** Collector and parser as they are configured; empty if the feed is not in use. */
    private List<BotConfiguration> inUse(Site site) {
        RuntimeConfiguration configuration = site.configuration();
        Feed feed = Feeds.of(site.catalogue()).all().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
        BotConfiguration collector = configuration.bots().values().stream().filter(BotConfiguration::isCollector)
                .filter(bot -> bot.id().equals(id) || feed != null && ReadFeeds.isOf(feed, bot)).findFirst().orElse(null);
        if (collector == null) {
            return List.of();
        }
        BotConfiguration parser = configuration.bots().values().stream()
                .filter(bot -> !bot.isCollector() && collector.destinations().contains(bot.sourceQueue())).findFirst()
                .orElseThrow(() -> new Refusal(Refusal.Kind.UNACCEPTABLE, "no-parser", "collector '" + collector.id() + "' sends to no bot",
                        "Connect it with a parser."));
        return List.of(collector, parser);
    }

    private List<BotConfiguration> wanted(Site site) throws IOException {
        WantedFeed wanted = WantedFeed.of(site, id, values);
        RuntimeConfiguration empty = new RuntimeText(NEXT + ": {group: Output}\n").configuration(site.environment());
        Map<String, Object> sections = wanted.sections(empty, List.of(NEXT));
        Object global = site.store().current().sections().get("global");
        if (global != null) {
            sections.put("global", global);
        }
        RuntimeConfiguration configuration = new RuntimeText("").with(sections).configuration(site.environment());
        return List.of(configuration.bot(wanted.chosen().collectorId()), configuration.bot(wanted.chosen().parserId()));
    }
}
