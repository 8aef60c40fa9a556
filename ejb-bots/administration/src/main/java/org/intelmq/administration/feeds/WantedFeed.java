package org.intelmq.administration.feeds;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.feeds.ChosenFeed;
import org.intelmq.feeds.Feed;
import org.intelmq.feeds.Feeds;
import org.intelmq.pipeline.RuntimeConfiguration;

/** A known feed with what somebody says of it. */
record WantedFeed(ChosenFeed chosen) {

    /** @throws Refusal {@code unknown-feed} or {@code feed-refused} */
    static WantedFeed of(Site site, String id, Map<String, String> values) {
        Feed feed = Feeds.of(site.catalogue()).all().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(() -> ReadFeeds.unknown(id));
        if (feed.dead() != null) {
            throw refused("feed '" + feed.title() + "' is dead: " + feed.dead());
        }
        try {
            return new WantedFeed(ChosenFeed.of(feed, values == null ? Map.of() : values, site.catalogue()));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage().replace("--set ", ""));
        }
    }

    /**
     * @param next bots that get the events; empty for those that all other parsers send to
     * @throws Refusal {@code feed-refused}, or {@code unclear-destination} if there are several places for the events
     */
    Map<String, Object> sections(RuntimeConfiguration configuration, List<String> next) {
        try {
            return new LinkedHashMap<>(chosen.sections(configuration, next));
        } catch (ChosenFeed.UnclearDestination e) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "unclear-destination", e.getMessage().replace(". Name it with --to BOT", ""), "Name bots in 'to'.");
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage().replace("--to ", ""));
        }
    }

    private static Refusal refused(String reason) {
        return new Refusal(Refusal.Kind.UNACCEPTABLE, "feed-refused", reason, "Look at what the feed needs.");
    }
}
