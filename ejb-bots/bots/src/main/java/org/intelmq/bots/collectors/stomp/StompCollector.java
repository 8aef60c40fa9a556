package org.intelmq.bots.collectors.stomp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.Report;
import org.intelmq.stomp.Frame;
import org.intelmq.stomp.StompConnection;
import org.intelmq.stomp.StompParams;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.RawReport;
import org.intelmq.text.Whitespace;

public final class StompCollector implements StreamBot {

    public record Params(
            @Param(value = "Destination to subscribe to, such as /exchange/your-organisation/*.*.*.*.", byDefault = "")
            String exchange,
            StompParams stomp) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.stomp.collector", "STOMP",
            "Receives messages from a STOMP server such as n6's.", Params.class, StompCollector::new);

    private static final String SUBSCRIPTION = "1";
    private static final int MOST_TOGETHER = 100;
    private static final int MOST_BYTES_TOGETHER = 1 << 20;
    /** Under this name RabbitMQ passes on the sender's id of a message; its own message-id differs each time. */
    private static final String OF_THE_SENDER = "amqp-message-id";

    private final Params params;
    private final BotContext context;
    private final MessageDigest sha256;
    private final PushedMemory memory;

    StompCollector(Params params, BotContext context) throws NoSuchAlgorithmException {
        this.params = params;
        this.context = context;
        this.sha256 = MessageDigest.getInstance("SHA-256");
        this.memory = PushedMemory.ofServer(context.log());
        params.stomp().check();
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        try (StompConnection connection = intake.closeAtStop(StompConnection.open(params.stomp()))) {
            connection.send(new Frame("SUBSCRIBE", Map.of("ack", "client", "destination", params.exchange(), "id", SUBSCRIPTION)));
            intake.connected();
            context.log().info("Successfully connected and subscribed.");
            while (true) {
                take(connection.read(), connection, intake);
            }
        }
    }

    /** Takes the frame together with those that have arrived since. An acknowledgement covers all earlier messages as well. */
    private void take(Frame first, StompConnection connection, Intake intake) throws IOException, InterruptedException {
        List<Frame> frames = new ArrayList<>(List.of(first));
        long bytes = first.body().length;
        while (frames.size() < MOST_TOGETHER && bytes < MOST_BYTES_TOGETHER && connection.hasMore()) {
            Frame next = connection.read();
            frames.add(next);
            bytes += next.body().length;
        }
        try (SharedMemory.Share share = memory.share()) {
            memory.await(share, bytes);
            take(frames, connection, intake);
        }
    }

    private void take(List<Frame> frames, StompConnection connection, Intake intake) throws IOException, InterruptedException {
        List<Intake.Item> items = new ArrayList<>();
        String last = null;
        for (Frame frame : frames) {
            if (frame.command().equals("ERROR")) {
                context.log().severe("Received an error: " + StompConnection.explanation(frame));
            } else if (frame.command().equals("MESSAGE")) {
                last = frame.header("message-id");
                byte[] content = stripped(frame.body());
                if (content.length > 0) {
                    items.add(new Intake.Item(report(content), identity(frame)));
                }
            }
        }
        if (!items.isEmpty()) {
            intake.take(items);
        }
        if (last != null) {
            connection.send(new Frame("ACK", Map.of("message-id", last, "subscription", SUBSCRIPTION)));
        }
    }

    private Report report(byte[] content) {
        Report report = RawReport.of(context, content);
        report.add(Fields.FEED_URL, "stomp://" + params.stomp() + '/' + params.exchange());
        return report;
    }

    /** Includes a hash of the content, because a server that was set up again assigns the same numbers again. */
    private String identity(Frame frame) {
        String name = frame.header(OF_THE_SENDER) == null ? frame.header("message-id") : frame.header(OF_THE_SENDER);
        return name == null ? null : name + '#' + HexFormat.of().formatHex(sha256.digest(frame.body()), 0, 16);
    }

    /** A text without white space at its end; anything that is not text, unchanged. */
    private static byte[] stripped(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return Whitespace.stripEnd(text).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return body;
        }
    }
}
