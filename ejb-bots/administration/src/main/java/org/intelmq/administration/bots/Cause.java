package org.intelmq.administration.bots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.intelmq.control.BotState;

/**
 * Finds why a bot does nothing: downstream if it is held, upstream if nothing comes, until somebody is found who could do something
 * and does not. Used once, by one thread.
 */
final class Cause {

    private final Map<String, BotView> bots;
    private final Map<String, Integer> tries;
    private final Map<String, BotView> takers = new HashMap<>();
    private final Map<String, List<BotView>> senders = new HashMap<>();

    /** @param tries how often in a row each could not reach another system */
    Cause(Map<String, BotView> bots, Map<String, Integer> tries) {
        this.bots = bots;
        this.tries = tries;
        bots.values().forEach(bot -> {
            if (bot.sourceQueue() != null) {
                takers.putIfAbsent(bot.sourceQueue(), bot);
            }
            bot.destinationQueues().values().stream().flatMap(List::stream).distinct()
                    .forEach(queue -> senders.computeIfAbsent(queue, none -> new ArrayList<>()).add(bot));
        });
    }

    /** From the bot to the cause; empty if it works. */
    List<Reason> of(String id) {
        List<Reason> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        BotView bot = bots.get(id);
        if (works(bot)) {
            return chain;
        }
        while (bot != null && seen.add(bot.id())) {
            bot = add(bot, chain, seen);
        }
        return chain;
    }

    private static boolean works(BotView bot) {
        return bot.runs() && bot.rate() > 0 && bot.heldBehind() == null && bot.waitsFor() == null;
    }

    /** Adds what there is to say about the bot; returns the bot that it depends on, {@code null} if there is none. */
    private BotView add(BotView bot, List<Reason> chain, Set<String> seen) {
        if (!bot.runs()) {
            chain.add(new Reason(bot.id(), stopped(bot)));
            return null;
        }
        if (bot.waitsFor() != null) {
            chain.add(new Reason(bot.id(), "waits for another system: " + bot.waitsFor() + times(tries.getOrDefault(bot.id(), 0))));
            return null;
        }
        if (bot.heldBehind() != null) {
            BotView taker = takers.get(bot.heldBehind());
            chain.add(new Reason(bot.id(), "is held by " + (taker == null ? "nobody's" : taker.id() + ": its") + " queue '" + bot.heldBehind() + "' is full"
                    + (taker == null ? ", and no bot takes from it: clear or move it" : ", " + events(taker.waiting()) + " wait")));
            return taker;
        }
        if (bot.fails()) {
            chain.add(new Reason(bot.id(), "fails: " + bot.lastError() + times(bot.failed())));
            return null;
        }
        if (bot.waiting() > 0) {
            String events = events(bot.waiting());
            chain.add(new Reason(bot.id(), bot.rate() > 0 ? String.format(Locale.ROOT, "works at %,.1f events a second, %s wait", bot.rate(), events)
                    : "has " + events + " waiting, and none has been processed since the last look"));
            return null;
        }
        if (bot.collects()) {
            chain.add(new Reason(bot.id(), bot.nextRun() == null ? "is polling its source" : "polls its source again at " + bot.nextRun()));
            return null;
        }
        return upstream(bot, chain, seen);
    }

    private BotView upstream(BotView bot, List<Reason> chain, Set<String> seen) {
        List<BotView> sending = senders.getOrDefault(bot.sourceQueue(), List.of()).stream().filter(sender -> !seen.contains(sender.id())).toList();
        if (sending.isEmpty()) {
            chain.add(new Reason(bot.id(), "has nothing to do: no other bot sends to its queue '" + bot.sourceQueue() + "'"));
            return null;
        }
        if (sending.stream().anyMatch(Cause::works)) {
            chain.add(new Reason(bot.id(), "has nothing to do: everything so far has been processed, and more is on its way"));
            return null;
        }
        BotView first = sending.stream().min(Comparator.comparingInt(Cause::trouble)).orElseThrow();
        chain.add(new Reason(bot.id(), "has nothing to do: its queue '" + bot.sourceQueue() + "' is empty"));
        return first;
    }

    /** The lower, the more likely it is the cause. */
    private static int trouble(BotView bot) {
        return !bot.runs() ? 0 : bot.waitsFor() != null ? 1 : bot.fails() ? 2 : bot.heldBehind() != null ? 3 : 4;
    }

    private static String stopped(BotView bot) {
        if (bot.missing()) {
            return bot.lastError() == null ? "could not be started: see its log" : "has stopped because of an error: " + bot.lastError();
        }
        if (bot.state() == BotState.STOPPING) {
            return "is still finishing its last message, and then stops";
        }
        return bot.state() == BotState.DISABLED ? "is disabled" : "is " + bot.state().word();
    }

    private static String times(long count) {
        return count > 1 ? String.format(Locale.ROOT, " (%,dx)", count) : "";
    }

    private static String events(long count) {
        return count == 1 ? "1 event" : String.format(Locale.ROOT, "%,d events", count);
    }
}
