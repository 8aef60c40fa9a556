package org.intelmq.engine.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.Seams;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;

/**
 * Takes reports that do not fit in memory. The parser first cuts their data into pieces: smaller reports that it sends to its own queue. Each
 * is on disk before the next is cut, and has an identity that the queue remembers, so a report that has to be cut again after a crash adds
 * only what is missing. The original is acknowledged last. Thread-safe.
 */
public final class ReportCutter {

    private final Roster roster;
    private final Broker broker;

    public ReportCutter(Roster roster, Broker broker) {
        this.roster = roster;
        this.broker = broker;
    }

    /**
     * The reports to process now: none if the report was cut, or the report itself if the bot needs it whole and it fits in memory.
     *
     * @param decoded the report without its data; empty if it cannot be read
     */
    List<Message> receive(RunningBot bot, Delivery delivery, List<Message> decoded) {
        Report head = head(bot, delivery, decoded);
        Optional<Seams> seams = bot.instances().seams();
        try (InputStream data = delivery.data()) {
            if (seams.isEmpty()) {
                ReportSize.fill(head, "a report in queue '" + delivery.queue() + "', which bot '" + bot.id() + "' reads whole,", data);
                return new ArrayList<>(List.of(head));
            }
            bot.statistics().received(1);
            long pieces = cut(bot, delivery.messageId(), delivery.parcel().trace(), head, new ReportPieces(data, seams.get(), encoding(bot)));
            bot.statistics().succeeded(1);
            bot.log().logger().info("A large report was cut into " + pieces + " pieces, to be parsed one by one.");
            return new ArrayList<>();
        } catch (IOException e) {
            throw new RollbackException("the report stays in the queue: " + e.getMessage(), e);
        }
    }

    private static Charset encoding(RunningBot bot) {
        return bot.groupParams() instanceof ParserParams parser ? parser.encoding() : StandardCharsets.UTF_8;
    }

    /** An empty report if it cannot be read: its data is what matters. */
    private static Report head(RunningBot bot, Delivery delivery, List<Message> decoded) {
        if (!decoded.isEmpty() && decoded.get(0) instanceof Report report) {
            return report;
        }
        Report bare = new Report(bot.harmonization());
        bare.identify(delivery.messageId());
        return bare;
    }

    private long cut(RunningBot bot, String messageId, String trace, Report head, ReportPieces pieces) throws IOException {
        long number = 0;
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            if (!roster.runs(bot)) {
                throw new RollbackException("bot '" + bot.id() + "' is being stopped; a large report will be cut when it runs again", null);
            }
            Report part = head.copy();
            part.addUnsanitized(Fields.RAW, Base64Text.encode(piece), IfPresent.REPLACE, true);
            part.identify(head.id() + "/" + number);
            Parcel parcel = Wire.encode(Parcel.Kind.REPORT, List.of(part), 0, 0).get(0);
            broker.send(bot.queue(), new Parcel(parcel.kind(), 1, parcel.body(), messageId + "/" + number, 0, 0, trace, parcel.rules()));
            number++;
        }
        return number;
    }
}
