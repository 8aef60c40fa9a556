package org.intelmq.engine.decode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Damage;
import org.intelmq.engine.observe.Trace;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;

/** The decoded content of a delivery in the form that the bot takes, limited to what {@code rate_limit} allows now. Thread-safe. */
public final class Inbox {

    private final Damage damage;
    private final ReportCutter cutter;
    private final Clock clock;

    public Inbox(Damage damage, ReportCutter cutter, Clock clock) {
        this.damage = damage;
        this.cutter = cutter;
        this.clock = clock;
    }

    /** Returns an empty list if there is nothing left to do. */
    public List<Message> open(RunningBot bot, Delivery delivery, Transaction transaction) {
        Parcel parcel = delivery.parcel();
        List<Message> messages = decode(bot, parcel, delivery.messageId());
        if (parcel.kind() == Parcel.Kind.LARGE_REPORT) {
            messages = cutter.receive(bot, delivery, messages);
        }
        messages.replaceAll(bot::fit);
        return bot.rateLimit() != null && parcel.deliverAt() == 0 ? withinRate(bot, messages, parcel, transaction) : messages;
    }

    /** The messages that can be read. Those that cannot are dumped, each on its own. */
    private List<Message> decode(RunningBot bot, Parcel parcel, String messageId) {
        Wire.Content content = Wire.read(parcel, bot.harmonization(), messageId);
        int damaged = 0;
        for (Wire.Broken broken : content.broken()) {
            damaged += broken.damaged() ? 1 : 0;
            bot.problem(broken.reason(), "Could not decode message from pipeline. No retries useful.");
            bot.dump(broken, Trace.of(broken.reason()));
        }
        if (damaged + content.missing() > 0) {
            damage.found(bot.queue(), bot.id(), damaged, content.missing(), content.messages().size());
        }
        return content.messages();
    }

    /** The messages that the limit allows now; the others go back to the queue, each until its time has come. */
    private List<Message> withinRate(RunningBot bot, List<Message> messages, Parcel parcel, Transaction transaction) {
        List<Message> due = new ArrayList<>();
        for (Message message : messages) {
            long slot = bot.rateLimit().takeSlot();
            if (slot <= clock.millis()) {
                due.add(message);
            } else {
                transaction.enqueue(bot.queue(), List.of(message), slot, parcel.attempt(), parcel.trace());
            }
        }
        if (due.size() < messages.size()) {
            bot.debug(() -> "Back to queue '" + bot.queue() + "' because of rate_limit: " + (messages.size() - due.size()) + " of " + messages.size() + ".");
        }
        return due;
    }
}
