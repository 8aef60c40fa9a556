package org.intelmq.testing;

import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Tick;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.Base64Text;

/** A collector in a test: made with its parameters, and polled. */
public final class Poll {

    private Poll() { }

    /** @param namesAndValues of parameters, alternating; everything else has its default */
    @SuppressWarnings("unchecked")
    public static <P extends Record> Bot<Tick> collector(BotType<P> type, TestContext context, Object... namesAndValues) throws Exception {
        return (Bot<Tick>) type.factory().create(Parameters.of(type.params(), namesAndValues), context);
    }

    /** What the collector has sent, not yet committed. */
    public static RecordingOutbox once(Bot<Tick> collector) throws Exception {
        RecordingOutbox outbox = new RecordingOutbox();
        collector.process(new Tick(TestContext.NOW), outbox);
        return outbox;
    }

    /** The data of the reports, as text. */
    public static List<String> contents(RecordingOutbox outbox) {
        return outbox.sent().stream().map(Poll::content).toList();
    }

    private static String content(Message report) {
        return Base64Text.decode(report.text(Fields.RAW));
    }
}
