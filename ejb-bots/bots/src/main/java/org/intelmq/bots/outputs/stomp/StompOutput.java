package org.intelmq.bots.outputs.stomp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.bot.TakenEvents;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.stomp.Frame;
import org.intelmq.stomp.StompConnection;
import org.intelmq.stomp.StompParams;
import org.intelmq.text.encoding.LoneSurrogates;

/**
 * A batch is sent as a whole, and the server gives a receipt for each event. After a broken connection, those without a receipt are sent
 * again; a receiver can recognise them by {@code amqp-message-id}, the event's identity, under which RabbitMQ passes it on.
 */
public final class StompOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Destination of the events.", byDefault = "/exchange/_push")
            String exchange,
            @Defaults({"server: 127.0.0.1", "heartbeat: 60000"})
            StompParams stomp,
            OutputParams output) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.stomp.output", "STOMP",
            "Sends events to a STOMP server such as n6's.", Params.class, StompOutput::new).waiting();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECEIPT_ID = "receipt-id";
    private static final String IDENTITY = "amqp-message-id";

    private final Params params;
    private final Logger log;
    private final OutputFormat format;
    private final Field singleKey;
    private final TakenEvents taken = new TakenEvents();
    private StompConnection connection;

    StompOutput(Params params, BotContext context) {
        this.params = params;
        this.log = context.log();
        this.format = new OutputFormat(params.output());
        this.singleKey = params.output().singleKey() == null ? null : Field.of(params.output().singleKey());
        params.stomp().check();
    }

    @Override
    public void process(Message event, Outbox out) {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) {
        List<Message> left = taken.left(events);
        List<Frame> frames = new ArrayList<>(left.size());
        for (Message event : left) {
            frames.add(frame(event, frames.size()));
        }
        BitSet confirmed = new BitSet();
        boolean isFresh = connection == null;
        IOException failure = send(frames, confirmed);
        if (failure != null && !isFresh) {
            // the connection may have ended since it was last used; a new one will show whether there is another cause
            failure = send(frames, confirmed);
        }
        if (failure != null) {
            taken.add(confirmed.stream().mapToObj(left::get).toList());
            throw new UnavailableException("STOMP server " + params.stomp() + " has not confirmed all events for " + params.exchange() + ": "
                    + failure.getMessage(), failure);
        }
    }

    /** Returns why not all are confirmed; {@code null} if they are. */
    private IOException send(List<Frame> frames, BitSet confirmed) {
        try {
            if (connection == null) {
                connection = StompConnection.open(params.stomp());
            }
            for (int i = confirmed.nextClearBit(0); i < frames.size(); i = confirmed.nextClearBit(i + 1)) {
                connection.send(frames.get(i));
            }
            while (confirmed.cardinality() < frames.size()) {
                receive(connection.read(PATIENCE), confirmed);
            }
            return null;
        } catch (IOException e) {
            close();
            return e;
        }
    }

    private static void receive(Frame frame, BitSet confirmed) throws IOException {
        String receipt = frame.header(RECEIPT_ID);
        if (frame.command().equals("ERROR")) {
            throw new IOException(StompConnection.explanation(frame));
        }
        if (frame.command().equals("RECEIPT") && receipt != null) {
            confirmed.set(Integer.parseInt(receipt));
        }
    }

    private Frame frame(Message event, int number) {
        byte[] body = body(event);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-length", String.valueOf(body.length));
        headers.put("destination", params.exchange());
        headers.put("receipt", String.valueOf(number));
        if (event.id() != null) {
            headers.put(IDENTITY, event.id());
        }
        return new Frame("SEND", headers, body);
    }

    private byte[] body(Message event) {
        if (singleKey != null && !event.has(singleKey)) {
            throw new IllegalArgumentException("the event has no field " + singleKey.name() + ", which single_key names");
        }
        return LoneSurrogates.BACKSLASHREPLACE.encode(format.text(event));
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                log.log(Level.FINE, "The connection was broken already.", e);
            }
            connection = null;
        }
    }
}
