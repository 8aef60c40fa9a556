package org.intelmq.administration.statistics;

import java.io.IOException;
import java.time.Instant;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.bots.KnownBot;

/**
 * The last day by the minute.
 *
 * @param bot  {@code null} for the whole installation: received is then what collectors brought, sent what outputs delivered
 * @param from {@code null} for a day ago
 * @param to   {@code null} for now
 */
public record ShowHistory(String bot, Instant from, Instant to) implements Query<Series> {

    @Override
    public Series perform(Site site) throws IOException {
        if (bot == null) {
            return site.history().totals(from, to);
        }
        return site.history().of(KnownBot.of(site, bot).id(), from, to);
    }
}
