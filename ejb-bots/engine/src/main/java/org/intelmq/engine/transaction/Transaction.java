package org.intelmq.engine.transaction;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.wire.Suspects;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;
import org.intelmq.message.Message;

/**
 * The effects of one delivery: parcels to send, actions to run after the commit, states to flush. They are held back until the end, so that a
 * failing input can be undone by itself. What does not fit in memory is handed to the broker's transaction early, and can only be rolled back
 * with it.
 */
public final class Transaction implements Completion {

    private static final long MOST_BYTES_HELD = 32L << 20;

    private final Sender sender;
    private final List<Outgoing> held = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> onUndo = new ArrayList<>();
    private final Map<RunningBot, BotInstance> taken = new LinkedHashMap<>();
    private Runnable atEnd = () -> { };
    private boolean suspect;
    private int suspectsSent;
    private boolean keepsToQueues;
    private long heldBytes;
    /** How much has been done that can only be undone together with everything else. */
    private long beyondUndo;

    private record Outgoing(String queue, Parcel parcel) { }

    /** A point to which the transaction can be rolled back. */
    public record Mark(int held, int afterCommit, int onUndo, long beyondUndo) { }

    public Transaction(Sender sender) {
        this.sender = sender;
    }

    /** @param trace the span that sends them; {@code null} without tracing */
    public void enqueue(String queue, List<? extends Message> messages, long deliverAt, int attempt, String trace) {
        for (Parcel encoded : Wire.encode(Wire.kind(messages.get(0)), messages, deliverAt, attempt)) {
            Parcel parcel = trace == null ? encoded : encoded.withTrace(trace);
            if (suspect) {
                Suspects.apart(parcel).forEach(part -> enqueue(queue, part));
            } else {
                enqueue(queue, parcel);
            }
        }
    }

    public void enqueue(String queue, Parcel parcel) {
        held.add(new Outgoing(queue, parcel));
        heldBytes += parcel.body().length;
        if (heldBytes > MOST_BYTES_HELD) {
            handOver();
        }
    }

    /** Hands over what is held, and then this parcel, so that only the broker can roll them back. */
    public void send(String queue, Parcel parcel, InputStream data) {
        handOver();
        sender.send(queue, parcel, data);
        beyondUndo++;
    }

    public boolean sendsTo(String queue) {
        for (Outgoing outgoing : held) {
            if (outgoing.queue().equals(queue)) {
                return true;
            }
        }
        return false;
    }

    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    public void onUndo(Runnable action) {
        onUndo.add(action);
    }

    /** Keeps the instance for the transaction until its end, so that its state cannot get mixed up with that of another transaction. */
    public void take(RunningBot bot, BotInstance instance) {
        taken.put(bot, instance);
    }

    /** The instance works on another instance's results. Its changes of state cannot be undone separately. */
    public void visits(BotInstance instance) {
        if (instance.remembers()) {
            beyondUndo++;
        }
    }

    /** The instance taken before; {@code null} if there is none. */
    public BotInstance taken(RunningBot bot) {
        return taken.get(bot);
    }

    /** All bots that the delivery has passed, each with the instance that worked on it. */
    public Map<RunningBot, BotInstance> taken() {
        return Collections.unmodifiableMap(taken);
    }

    public Mark mark() {
        return new Mark(held.size(), afterCommit.size(), onUndo.size(), beyondUndo);
    }

    /**
     * Drops everything after the mark.
     *
     * @param reason why
     * @throws RollbackException if part of it has been handed over, or is remembered by another bot, so that only the whole transaction can be
     *     rolled back
     */
    public void undo(Mark mark, Exception reason) {
        if (beyondUndo != mark.beyondUndo()) {
            throw new RollbackException("some of the results have already been handed over, so the whole delivery is rolled back", reason);
        }
        held.subList(mark.held(), held.size()).clear();
        afterCommit.subList(mark.afterCommit(), afterCommit.size()).clear();
        undo(mark.onUndo());
        heldBytes = held.stream().mapToLong(outgoing -> outgoing.parcel().body().length).sum();
    }

    /** Hands over everything that is held: the last step before the commit, except for the states of bots. */
    public void handOver() {
        for (Outgoing outgoing : held) {
            sender.send(outgoing.queue(), outgoing.parcel());
            suspectsSent += Suspects.endsBefore(outgoing.parcel());
        }
        beyondUndo += held.size();
        held.clear();
        heldBytes = 0;
    }

    /** It is too late to undo anything, so one action that fails keeps no other from being run. */
    @Override
    public void committed() {
        List<Runnable> actions = new ArrayList<>();
        taken.values().forEach(instance -> actions.add(instance::stateCommitted));
        actions.add(this::release);
        actions.addAll(afterCommit);
        RuntimeException failed = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** The delivery may crash the server, so its effects are kept apart, message by message. */
    public void suspect() {
        suspect = true;
    }

    /** How many of the messages handed over may crash the server as well. */
    public int suspectsSent() {
        return suspectsSent;
    }

    /** Nothing that it sends is processed within this transaction. */
    public void keepToQueues() {
        keepsToQueues = true;
    }

    public boolean mayFuse() {
        return !suspect && !keepsToQueues;
    }

    /** Run in any case, whatever the outcome. */
    public void atEnd(Runnable action) {
        atEnd = action;
    }

    @Override
    public void rolledBack() {
        undo(0);
        taken.values().forEach(BotInstance::rollBackState);
        release();
    }

    /** The last one is undone first. */
    private void undo(int from) {
        for (int i = onUndo.size() - 1; i >= from; i--) {
            onUndo.remove(i).run();
        }
    }

    private void release() {
        taken.forEach((bot, instance) -> bot.instances().release(instance));
        taken.clear();
        atEnd.run();
    }
}
