package org.intelmq.administration.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.feeds.Feed;
import org.intelmq.feeds.Feeds;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/** The feeds that are known and those of the configured collectors, with how they are doing. */
public record ReadFeeds() implements Query<List<ReadFeeds.Entry>> {

    /**
     * A feed, in use or not.
     *
     * @param id            of the feed; of a collector that is none of the known feeds, its bot's
     * @param access        {@code free}, {@code key} if it needs a key or the like, {@code dead} if it is no longer published
     * @param set           what must be said, with its meaning
     * @param bot           its collector; {@code null} if it is not in use
     * @param status        state of the collector, or {@code unused}
     * @param lastSuccess   when it last worked since the server's start; {@code null} if it did not
     * @param interval      seconds between two runs; {@code null} if it is not in use or its source pushes data
     * @param light         see {@link Light}
     * @param error         why it fails; {@code null} if it does not
     */
    public record Entry(String id, String name, String provider, String about, String documentation, String note, String access, Map<String, String> set,
                        String bot, String status, Instant lastSuccess, Long interval, String light, String error) { }

    @Override
    public List<Entry> perform(Site site) {
        RuntimeConfiguration configuration = site.configuration();
        List<String> missing = site.control().missing();
        Map<String, BotConfiguration> collectors = new LinkedHashMap<>();
        configuration.bots().values().stream().filter(BotConfiguration::isCollector).forEach(bot -> collectors.put(bot.id(), bot));
        List<Entry> entries = new ArrayList<>();
        for (Feed feed : Feeds.of(site.catalogue()).all()) {
            BotConfiguration bot = collectors.values().stream().filter(each -> isOf(feed, each)).findFirst().orElse(null);
            entries.add(entry(site, feed, bot, missing));
            collectors.values().removeIf(each -> isOf(feed, each));
        }
        collectors.values().forEach(bot -> entries.add(entry(site, null, bot, missing)));
        return entries;
    }

    /** Whether the collector is the one that {@code add feed} makes, or one made by hand that names the feed. */
    static boolean isOf(Feed feed, BotConfiguration collector) {
        return feed.collector().module().equals(collector.module()) && (collector.id().equals(feed.id() + "-collector")
                || feed.name().equals(collector.parameters().get("name")) && feed.provider().equals(collector.parameters().get("provider")));
    }

    private static Entry entry(Site site, Feed feed, BotConfiguration bot, List<String> missing) {
        Use use = bot == null ? Use.NONE : use(site, bot, missing.contains(bot.id()));
        if (feed == null) {
            return new Entry(bot.id(), text(bot.parameters().get("name"), text(bot.name(), bot.id())),
                    text(bot.parameters().get("provider"), null), bot.description(),
                    text(bot.parameters().get("documentation"), null), null, "free", Map.of(), bot.id(), use.status(), use.lastSuccess(), use.interval(),
                    use.light().word(), use.error());
        }
        String access = feed.dead() != null ? "dead" : feed.set().isEmpty() ? "free" : "key";
        return new Entry(feed.id(), feed.name(), feed.provider(), feed.about(), feed.documentation(), feed.dead() != null ? feed.dead() : feed.note(), access,
                feed.set(), bot == null ? null : bot.id(), use.status(), use.lastSuccess(), use.interval(), use.light().word(), use.error());
    }

    private static String text(Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    private record Use(String status, Instant lastSuccess, Long interval, Light light, String error) {

        private static final Use NONE = new Use("unused", null, null, Light.OFF, null);
    }

    private static Use use(Site site, BotConfiguration bot, boolean missing) {
        BotState state = site.control().status(List.of(bot.id())).get(bot.id());
        BotStatistics statistics = site.control().statistics(bot.id());
        RuntimeParams runtime = ParameterSchema.of(RuntimeParams.class).read(bot.parameters(), Set.copyOf(bot.parameters().keySet())).value();
        Duration interval = runtime == null ? Duration.ZERO : runtime.rateLimit();
        Instant success = statistics == null ? null : statistics.lastSuccess();
        Instant failure = statistics == null ? null : statistics.waitingFor() != null ? Instant.MAX : statistics.lastErrorAt();
        Light light = Light.of(state == BotState.RUNNING, missing, success, failure, interval, site.store().clock().instant());
        String error = light != Light.FAILS || statistics == null ? null : statistics.waitingFor() != null ? statistics.waitingFor() : statistics.lastError();
        return new Use(state.word(), success, interval.isZero() ? null : interval.toSeconds(), light, error);
    }

    /** One of them. */
    public record One(String id) implements Query<Entry> {

        @Override
        public Entry perform(Site site) {
            return new ReadFeeds().perform(site).stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(() -> unknown(id));
        }
    }

    static Refusal unknown(String id) {
        return new Refusal(Refusal.Kind.UNKNOWN, "unknown-feed", "there is no feed '" + id + "'", "List the feeds with 'intelmqctl list feeds'.");
    }
}
