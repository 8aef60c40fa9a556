package org.intelmq.administration.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Refusal;

/**
 * What becomes of the events that wait for a bot when it is removed.
 *
 * @param moveTo a queue; {@code null} if they are not moved
 */
record Leftover(String queue, String choice, String moveTo) {

    /** By bot; those without a queue of their own are not among them. @throws Refusal naming what is undecided or cannot be */
    static Map<String, Leftover> all(List<Plan.Removal> removals, Map<String, Object> said, Planning planning) {
        Map<String, Leftover> all = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>(said.keySet());
        for (Plan.Removal removal : removals) {
            if (removal.queue() != null) {
                all.put(removal.bot(), of(removal, said.get(removal.queue()), planning));
                unknown.remove(removal.queue());
            }
        }
        if (!unknown.isEmpty()) {
            throw invalid("queues cannot have " + unknown + ": expected the queues of the bots that are removed");
        }
        return all;
    }

    private static Leftover of(Plan.Removal removal, Object said, Planning planning) {
        String choice = said instanceof Map<?, ?> map && map.containsKey(Planning.MOVE) ? Planning.MOVE : said == null ? removal.suggested() : said.toString();
        if (choice == null) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "queue-undecided", removal.waiting() + " events wait in " + removal.queue()
                    + ", and bot '" + removal.bot() + "', which is removed, does not run", "Say in 'queues' whether to move or discard them.");
        }
        if (!removal.choices().contains(choice)) {
            throw invalid("queue " + removal.queue() + " cannot be given to \"" + choice + "\": expected one of "
                    + String.join(", ", removal.choices()));
        }
        if (!choice.equals(Planning.MOVE)) {
            return new Leftover(removal.queue(), choice, null);
        }
        String to = said instanceof Map<?, ?> map ? String.valueOf(map.get(Planning.MOVE)) : removal.moveTo();
        if (to == null || !planning.readers().containsKey(to)) {
            throw invalid("what waits in " + removal.queue() + " cannot be moved to \"" + to + "\": expected the queue of a bot that stays, one of "
                    + planning.readers().keySet().stream().sorted().toList());
        }
        return new Leftover(removal.queue(), choice, to);
    }

    private static Refusal invalid(String reason) {
        return new Refusal(Refusal.Kind.INVALID, "invalid-queues", reason, "Look at 'removes' in the plan.");
    }
}
