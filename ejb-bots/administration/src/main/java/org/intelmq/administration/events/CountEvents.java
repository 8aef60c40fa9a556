package org.intelmq.administration.events;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/**
 * How many events there are; by value of a field if one is named.
 *
 * @param by  {@code null} for the sum alone
 * @param top how many values at most, the most frequent first
 */
public record CountEvents(EventFilter filter, String by, int top) implements Query<CountEvents.Counts> {

    /** @param value {@code null} where the field is not set */
    public record Bucket(Object value, long count) { }

    /**
     * @param of     how many events there are in all; {@code null} if they were counted by a field
     * @param newest if counting all by a field would have taken too long: how many of the newest were counted
     */
    public record Counts(List<Bucket> buckets, Long of, Long newest) { }

    @Override
    public Counts perform(Site site) throws Exception {
        return EventStore.read(site, reader -> by == null ? new Counts(List.of(), reader.count(filter), null) : byField(reader));
    }

    private Counts byField(EventTableReader reader) throws Exception {
        EventTableReader.Frequencies found = reader.counts(filter, by, top);
        List<Bucket> buckets = found.values().entrySet().stream().map(each -> new Bucket(ShownValue.of(each.getKey()), each.getValue())).toList();
        return new Counts(buckets, null, found.newest());
    }
}
