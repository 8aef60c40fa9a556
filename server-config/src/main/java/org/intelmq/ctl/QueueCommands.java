package org.intelmq.ctl;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.intelmq.control.BotActions;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.QueueListing;

/** Lists and empties queues; each method returns the exit code. */
final class QueueCommands {

    private final Session session;
    private final Output output;

    QueueCommands(Session session) {
        this.session = session;
        this.output = session.output();
    }

    int list(boolean nonZero, boolean count) {
        Map<String, Long> lengths = lengths();
        tell(lengths, nonZero, count);
        output.result(count ? Map.of("total-messages", sum(lengths)) : byBot(lengths));
        return 0;
    }

    int listWithStatus() {
        Map<String, Long> lengths = lengths();
        tell(lengths, false, false);
        Map<String, BotState> states = new BotActions(session.control(), session.configuration()).statusAll(null);
        states.forEach((bot, state) -> output.say("Bot " + bot + " is " + state.word() + "."));
        output.result(List.of(byBot(lengths), BotCommands.words(states)));
        return states.values().stream().allMatch(state -> state == BotState.RUNNING || state == BotState.DISABLED) ? 0 : 1;
    }

    private void tell(Map<String, Long> lengths, boolean nonZero, boolean count) {
        if (count) {
            output.say(String.valueOf(sum(lengths)));
            return;
        }
        lengths.forEach((queue, length) -> {
            if (length > 0 || !nonZero) {
                output.say(queue + " - " + length);
            }
        });
    }

    /** The lengths of all configured queues. */
    private Map<String, Long> lengths() {
        Map<String, Long> known = session.control().queues();
        Map<String, Long> lengths = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        session.configuration().bots().values().forEach(bot -> {
            if (!bot.isCollector()) {
                lengths.put(bot.sourceQueue(), known.getOrDefault(bot.sourceQueue(), 0L));
            }
            bot.destinations().forEach(queue -> lengths.put(queue, known.getOrDefault(queue, 0L)));
        });
        return lengths;
    }

    private static long sum(Map<String, Long> lengths) {
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Object> byBot(Map<String, Long> lengths) {
        return QueueListing.byBot(session.configuration(), lengths);
    }

    int clear(String queue) {
        output.say("Clearing queue " + queue + ".");
        BotControl control = session.control();
        Set<String> known = new TreeSet<>(control.queues().keySet());
        session.configuration().bots().values().forEach(bot -> {
            if (!bot.isCollector()) {
                known.add(bot.sourceQueue());
            }
            known.addAll(bot.destinations());
        });
        if (!known.contains(queue)) {
            output.complainInText("Queue " + queue + " does not exist!");
            output.result("not-found");
            return 2;
        }
        control.clear(queue);
        output.say("Successfully cleared queue " + queue + ".");
        output.result("success");
        return 0;
    }
}
