package org.intelmq.administration.live;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.GivenNumber;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.administration.bots.KnownBot;

/**
 * Tells a reader what changes from now on: {@code status} first as it is, then what changes of it each second; {@code change}s that
 * somebody makes, progress of {@code job}s, {@code log:BOT} and {@code tap:BOT[:PATH]}.
 *
 * @param topics separated by commas
 * @param where  which messages the taps show, such as {@code source.asn = 64496}; {@code null} for all
 * @param lastId of the last event that the reader got; {@code null} for none. Changes and jobs since then are sent again.
 */
public record OpenStream(String topics, String where, String lastId, Reader reader) implements Query<Live> {

    @Override
    public Role needs() {
        return topics != null && topics.contains("tap:") ? Role.OPERATOR : Role.VIEWER;
    }

    @Override
    public Live perform(Site site) {
        List<LiveTopic> wanted = LiveTopic.of(topics, where);
        wanted.stream().filter(topic -> topic.bot() != null).forEach(topic -> {
            KnownBot.of(site, topic.bot());
            if (topic.where() != null) {
                new MessageFilter(topic.where());
            }
        });
        site.live().listen(reader, wanted, GivenNumber.of("last_event_id", lastId, 0, "invalid-event-id",
                "Send the id of the last event that was received, or none."));
        return site.live();
    }
}
