package org.intelmq.administration.situation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.events.CountEvents;
import org.intelmq.administration.events.EventFilter;
import org.intelmq.administration.events.Histogram;
import org.intelmq.administration.history.Revision;
import org.intelmq.control.BotStatistics;
import org.intelmq.pipeline.BotConfiguration;

/** Events of today against those of yesterday, the networks they come from, bots that need somebody, and what was changed. */
public record ShowSituation(Clock clock) implements Query<ShowSituation.Situation> {

    private static final int NETWORKS = 10;
    private static final String TAXONOMY = "classification.taxonomy";
    private static final String ASN = "source.asn";

    /** @param change against the same time of yesterday */
    public record Network(Object asn, long count, long change) { }

    /** Somebody should look at this bot, and why. */
    public record Need(String bot, String text) { }

    /**
     * @param eventsToday       since midnight where the server is; {@code null} if there is no event database, or {@code problem}
     * @param yesterdaySameTime in the same part of yesterday
     * @param byHour            of the last two days
     * @param changes           of the last day
     * @param problem           why the event database cannot be asked; {@code null} if it can
     */
    public record Situation(Instant time, Long eventsToday, Long yesterdaySameTime, List<Histogram.Bucket> byHour, List<Network> networks, List<Need> needs,
                            List<Revision> changes, String problem) { }

    @Override
    public Situation perform(Site site) throws Exception {
        Instant now = clock.instant();
        List<Revision> changes = changes(site, now.minus(Duration.ofDays(1)));
        try {
            Instant midnight = ZonedDateTime.ofInstant(now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.DAYS).toInstant();
            EventFilter today = between(midnight, now);
            EventFilter yesterday = between(midnight.minus(Duration.ofDays(1)), now.minus(Duration.ofDays(1)));
            List<Histogram.Bucket> hours = new Histogram(between(now.minus(Duration.ofDays(2)), now), 3600L, TAXONOMY).perform(site).buckets();
            return new Situation(now, new CountEvents(today, null, 0).perform(site).of(), new CountEvents(yesterday, null, 0).perform(site).of(), hours,
                    networks(site, today, yesterday), needs(site), changes, null);
        } catch (Refusal refusal) {
            // who needs somebody is wanted all the more when the database is away
            return switch (refusal.kind()) {
                case UNKNOWN -> new Situation(now, null, null, List.of(), List.of(), needs(site), changes, null);
                case UNAVAILABLE -> new Situation(now, null, null, List.of(), List.of(), needs(site), changes, refusal.getMessage());
                default -> throw refusal;
            };
        }
    }

    private static EventFilter between(Instant from, Instant to) {
        return new EventFilter(null, from.toString(), to.toString(), List.of());
    }

    private static List<Network> networks(Site site, EventFilter today, EventFilter yesterday) throws Exception {
        Map<Object, Long> before = new HashMap<>();
        new CountEvents(yesterday, ASN, NETWORKS * NETWORKS).perform(site).buckets().forEach(bucket -> before.put(bucket.value(), bucket.count()));
        return new CountEvents(today, ASN, NETWORKS + 1).perform(site).buckets().stream().filter(bucket -> bucket.value() != null).limit(NETWORKS)
                .map(bucket -> new Network(bucket.value(), bucket.count(), bucket.count() - before.getOrDefault(bucket.value(), 0L))).toList();
    }

    private static List<Need> needs(Site site) {
        List<Need> needs = new ArrayList<>();
        List<String> missing = site.control().missing();
        for (BotConfiguration bot : site.configuration().bots().values()) {
            BotStatistics statistics = site.control().statistics(bot.id());
            if (statistics == null) {
                continue;
            }
            if (missing.contains(bot.id())) {
                needs.add(new Need(bot.id(), statistics.lastError() == null ? "should run but does not" : statistics.lastError()));
            } else if (statistics.waitingFor() != null) {
                needs.add(new Need(bot.id(), statistics.waitingFor()));
            }
        }
        return needs;
    }

    private static List<Revision> changes(Site site, Instant since) throws IOException {
        site.store().current();
        return site.store().history().all().stream().filter(revision -> revision.time().isAfter(since)).limit(NETWORKS).toList();
    }
}
