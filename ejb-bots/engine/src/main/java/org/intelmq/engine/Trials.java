package org.intelmq.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.intelmq.bot.BotGroup;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.message.KeyExists;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** What an operator does by hand: run a bot once, take a message out of a queue. Thread-safe. */
final class Trials {

    private final Engine engine;

    Trials(Engine engine) {
        this.engine = engine;
    }

    /** See {@link org.intelmq.control.BotControl#process}. A running bot is stopped for it and started again. */
    Trial run(String id, String message, boolean dryRun, LogFile.Level level) {
        return engine.supervisor().byHand().aside(id, bot -> {
            try {
                return bot.type().group() == BotGroup.COLLECTOR || message != null ? tryWith(bot, message, dryRun, level)
                        : tryNext(bot, dryRun, level);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the trial of bot '" + id + "' was interrupted", e);
            }
        });
    }

    /** See {@link org.intelmq.control.Rehearsals#rehearse}. */
    List<Trial> beside(String id, List<String> messages) {
        return engine.supervisor().byHand().beside(id, bot -> messages.stream().map(message -> {
            try {
                return tryWith(bot, message, true, null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the trial of bot '" + id + "' was interrupted", e);
            } catch (InvalidArgument | InvalidKey | InvalidValue | KeyExists | JsonException e) {
                throw new IllegalStateException("a message cannot be read: " + e.getMessage(), e);
            }
        }).toList());
    }

    private Trial tryWith(RunningBot bot, String message, boolean dryRun, LogFile.Level level) throws InterruptedException {
        Message input = message == null ? null : MessageJson.parse(message, bot.harmonization(), bot.isParser() ? "Report" : "Event");
        TrialRun run = new TrialRun(bot);
        Trial trial = run.call(input, level, engine.clock().instant(), dryRun ? null : () -> sendOn(run));
        if (!dryRun && !bot.type().streams()) {
            sendOn(run);
            run.committed();
        }
        return trial;
    }

    private void sendOn(TrialRun run) {
        run.outgoing().forEach((queue, parcels) -> parcels.forEach(parcel -> engine.broker().send(queue, parcel)));
    }

    private Trial tryNext(RunningBot bot, boolean dryRun, LogFile.Level level) throws InterruptedException {
        List<Parcel> next = engine.broker().peek(bot.queue(), 1);
        if (next.isEmpty()) {
            return new Trial(List.of("Waiting for a message: queue '" + bot.queue() + "' is empty."), List.of());
        }
        if (next.get(0).kind() == Parcel.Kind.LARGE_REPORT) {
            throw new IllegalStateException(tooLarge(bot.queue()));
        }
        Message first = Wire.decode(next.get(0), bot.harmonization(), bot.queue()).get(0);
        Trial trial = tryWith(bot, MessageJson.serialize(first), dryRun, level);
        if (!dryRun) {
            pop(bot.queue());
        }
        return trial;
    }

    private static String tooLarge(String queue) {
        return "the next message in queue '" + queue + "' is a report that is too large for memory: only a running parser can process it";
    }

    /** Takes the oldest message out of a queue, in serialised form; {@code null} if it is empty. */
    String pop(String queue) {
        AtomicReference<String> taken = new AtomicReference<>();
        engine.broker().receive(queue, delivery -> {
            if (delivery.parcel().kind() == Parcel.Kind.LARGE_REPORT) {
                throw new IllegalStateException(tooLarge(queue));
            }
            List<Message> messages = Wire.decode(delivery.parcel(), engine.harmonization(), delivery.messageId());
            taken.set(MessageJson.serialize(messages.get(0)));
            List<Message> others = messages.subList(1, messages.size());
            Wire.encode(delivery.parcel().kind(), others, 0, 0).forEach(parcel -> delivery.sender().send(queue, parcel));
        });
        return taken.get();
    }
}
