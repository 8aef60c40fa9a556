package org.intelmq.engine.decode;

import java.util.List;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Damage;
import org.intelmq.engine.observe.Trace;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;

/** Reads the messages of parcels. Thread-safe. */
public final class Decoder {

    private final Damage damage;

    public Decoder(Damage damage) {
        this.damage = damage;
    }

    /** Those that can be read; the others are dumped, each separately. */
    List<Message> decode(RunningBot bot, Parcel parcel, String messageId) {
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
}
