package org.intelmq.administration.rules;

import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Sends sample events through a text of rules, and shows each one's way.
 *
 * @param kind   such as {@code sieve}
 * @param events each a map of fields; 200 at most
 */
public record TryRules(String kind, String text, List<Map<String, Object>> events) implements Query<List<TryRules.Way>> {

    private static final int MOST = 200;

    /**
     * What has become of one event.
     *
     * @param steps   in order
     * @param path    the first it was sent along, {@code null} if it was dropped
     * @param paths   all of them
     * @param dropped whether it was sent nowhere
     * @param event   as it was at the end
     * @param error   why it failed, {@code null} if it did not
     */
    public record Way(List<Step> steps, String path, List<String> paths, boolean dropped, Map<String, Object> event, String error) { }

    /**
     * @param line    from 1
     * @param matched whether the condition there holds; {@code null} if it is an action
     * @param changed field to what it was and is; empty for a condition
     */
    public record Step(int line, Boolean matched, Map<String, Difference> changed) { }

    /** {@code null} where the field was or is not set. */
    public record Difference(Object before, Object after) { }

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public List<Way> perform(Site site) {
        if (events == null || events.size() > MOST) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-events", "events cannot be " + (events == null ? "missing" : events.size() + " events")
                    + ": expected a list of up to " + MOST, "Send fewer.");
        }
        return RuleTrial.of(site, kind, text).ways(events);
    }
}
