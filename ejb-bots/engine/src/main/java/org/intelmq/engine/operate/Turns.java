package org.intelmq.engine.operate;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Turn;
import org.intelmq.pipeline.TickQueues;

/**
 * The lines in which servers wait to run bots that only one server at a time may run. A server keeps its turn while the bot pauses or is held,
 * so that what the bot remembers stays in one place. The caller holds the roster's lock.
 */
final class Turns {

    private final Roster roster;
    private final Broker broker;
    private final ScheduledExecutorService scheduler;
    private final BiConsumer<RunningBot, Turn.State> changed;
    private final Consumer<RunningBot> anew;
    private final Map<RunningBot, Turn> turns = new ConcurrentHashMap<>();
    /** Bots whose stream has run and ended; it cannot begin again. */
    private final Set<RunningBot> spent = ConcurrentHashMap.newKeySet();

    /**
     * @param changed is notified that a turn may have come or gone
     * @param anew creates a bot again when its stream has ended and its turn has come back
     */
    Turns(Roster roster, Broker broker, ScheduledExecutorService scheduler, BiConsumer<RunningBot, Turn.State> changed, Consumer<RunningBot> anew) {
        this.roster = roster;
        this.broker = broker;
        this.scheduler = scheduler;
        this.changed = changed;
        this.anew = anew;
    }

    /** Stands in line first, if it does not already. */
    boolean isOurTurn(RunningBot bot) {
        Turn turn = turns.computeIfAbsent(bot, this::standInLine);
        return turn.state() == Turn.State.OURS && !spent.contains(bot);
    }

    private Turn standInLine(RunningBot bot) {
        Turn turn = broker.standInLine(TickQueues.turnOf(bot.id()), () -> scheduler.execute(() -> look(bot)));
        bot.worksWhen(() -> turn.state() == Turn.State.OURS);
        bot.log().logger().info("One server at a time runs the bot; on this server, it waits for its turn.");
        return turn;
    }

    private void look(RunningBot bot) {
        synchronized (roster) {
            Turn turn = turns.get(bot);
            if (turn == null || !roster.runs(bot) || roster.isClosing()) {
                return;
            }
            Turn.State state = turn.state();
            if (state == Turn.State.OURS && spent.contains(bot)) {
                anew.accept(bot);
                return;
            }
            if (state == Turn.State.OURS) {
                bot.log().logger().info("It is this server's turn to run the bot.");
            }
            changed.accept(bot, state);
        }
    }

    void spend(RunningBot bot) {
        spent.add(bot);
    }

    void leave(RunningBot bot) {
        spent.remove(bot);
        Turn turn = turns.remove(bot);
        if (turn != null) {
            turn.close();
        }
    }
}
