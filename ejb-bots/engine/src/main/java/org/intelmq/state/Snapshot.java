package org.intelmq.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state reduced to the transactions that lead to it: the beginning of a new journal. */
record Snapshot(Marks marks, Map<String, StateChange.Value> values, int now) {

    /** For transactions that belong to no session of a bot and cannot be undone. */
    static final int SESSION = -1;
    private static final int CHANGES_A_TRANSACTION = 50_000;

    private record Mark(long high, long low) { }

    /**
     * The state as it was before anything that may yet be taken back, followed by whatever of that is already in the journal.
     *
     * @param open transactions that may be taken back
     * @param unwritten changes that belong to no transaction yet
     */
    List<JournalEntry> before(Collection<JournalEntry> open, Collection<List<StateChange>> unwritten) {
        Map<Object, StateChange> firsts = new HashMap<>();
        open.forEach(transaction -> transaction.changes().forEach(change -> firsts.putIfAbsent(subject(change), change)));
        unwritten.forEach(changes -> changes.forEach(change -> firsts.putIfAbsent(subject(change), change)));
        List<StateChange> before = untouched(firsts);
        firsts.values().forEach(change -> {
            if (change instanceof StateChange.OfMark mark && Marks.isLive(mark.before(), now)) {
                before.add(new StateChange.OfMark(mark.high(), mark.low(), Marks.GONE, mark.before()));
            } else if (change instanceof StateChange.OfValue value && value.before() != null) {
                before.add(new StateChange.OfValue(value.key(), null, value.before()));
            }
        });
        List<JournalEntry> all = new ArrayList<>();
        for (int i = 0; i < before.size(); i += CHANGES_A_TRANSACTION) {
            List<StateChange> some = before.subList(i, Math.min(i + CHANGES_A_TRANSACTION, before.size()));
            all.add(new JournalEntry(SESSION, now, new long[0], some));
        }
        all.addAll(open);
        return all;
    }

    private List<StateChange> untouched(Map<Object, StateChange> changed) {
        List<StateChange> untouched = new ArrayList<>();
        marks.forEachLive(now, (high, low, expires) -> {
            if (!changed.containsKey(new Mark(high, low))) {
                untouched.add(new StateChange.OfMark(high, low, Marks.GONE, expires));
            }
        });
        values.forEach((key, value) -> {
            if (!changed.containsKey(key)) {
                untouched.add(new StateChange.OfValue(key, null, value));
            }
        });
        return untouched;
    }

    private static Object subject(StateChange change) {
        return change instanceof StateChange.OfMark mark ? new Mark(mark.high(), mark.low()) : ((StateChange.OfValue) change).key();
    }
}
