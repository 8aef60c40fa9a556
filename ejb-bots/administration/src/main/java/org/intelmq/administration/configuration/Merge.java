package org.intelmq.administration.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intelmq.administration.Refusal;

/**
 * What becomes of a draft when somebody else has applied meanwhile: both changes, but where they concern the same place.
 *
 * @param sections  the result; where there is a conflict without a decision, it is as it is now
 * @param conflicts those without a decision
 */
record Merge(Map<String, Object> sections, List<Conflict> conflicts) {

    private static final String MINE = "mine";
    private static final String THEIRS = "theirs";

    /** @param resolve place to {@code mine} or {@code theirs} */
    static Merge of(Map<String, Object> base, Map<String, Object> mine, Map<String, Object> theirs, Map<String, String> resolve) {
        Map<String, Object> merged = Place.copy(theirs);
        List<Conflict> conflicts = new ArrayList<>();
        for (Place place : Place.differing(base, mine)) {
            if (!conflicts(place, base, mine, theirs)) {
                take(place, mine, merged);
                continue;
            }
            String decision = decision(place, resolve);
            if (MINE.equals(decision)) {
                restore(place, mine, merged);
                take(place, mine, merged);
            } else if (decision == null) {
                conflicts.add(new Conflict(place.path(), place.bot(), place.parameter(), place.key(), place.in(base), place.in(mine), place.in(theirs)));
            }
        }
        return new Merge(merged, conflicts);
    }

    private static String decision(Place place, Map<String, String> resolve) {
        String decision = resolve.get(place.path());
        if (decision != null && !decision.equals(MINE) && !decision.equals(THEIRS)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-decision", "resolve cannot have \"" + decision + "\" for " + place.path(),
                    "Say mine or theirs.");
        }
        return decision;
    }

    /** A bot that the other has removed cannot be changed, nor one removed that the other has changed. */
    private static boolean conflicts(Place place, Map<String, Object> base, Map<String, Object> mine, Map<String, Object> theirs) {
        if (same(place, mine, theirs)) {
            return false;
        }
        boolean isGone = !place.isWholeBot() && base.containsKey(place.bot()) && !theirs.containsKey(place.bot());
        return isGone || !same(place, base, theirs);
    }

    private static boolean same(Place place, Map<String, Object> one, Map<String, Object> other) {
        return place.isIn(one) == place.isIn(other) && Objects.equals(place.in(one), place.in(other));
    }

    /** The bot of my change, if the other has removed it: whole, as I have it. */
    private static void restore(Place place, Map<String, Object> mine, Map<String, Object> merged) {
        if (!merged.containsKey(place.bot()) && mine.containsKey(place.bot())) {
            merged.put(place.bot(), mine.get(place.bot()));
        }
    }

    private static void take(Place place, Map<String, Object> mine, Map<String, Object> merged) {
        if (place.isIn(mine)) {
            place.set(merged, place.in(mine));
        } else {
            place.remove(merged);
        }
    }
}
