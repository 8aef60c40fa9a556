package org.intelmq.bots.outputs.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputFormat;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.bot.PortNumber;
import org.intelmq.bot.TakenEvents;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.LoneSurrogates;

/**
 * A frame is the event as JSON, after its length in four bytes or before a separator. Another IntelMQ answers each with {@code Ok}. A receiver
 * that does not answer cannot say what has arrived, so after a broken connection the whole batch is sent again.
 */
public final class TcpOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Address or name of the host to send to.", example = "192.0.2.10", form = Form.HOST)
            String ip,
            @Param(value = "Port to send to.", example = "9000")
            int port,
            @Param(value = "Whether the receiver is a TCP collector of IntelMQ, which answers each event with Ok.", byDefault = "true")
            boolean counterpartIsIntelmq,
            @Param(value = "Whether names are split at their dots into objects within objects.", byDefault = "false")
            boolean hierarchicalOutput,
            @Param(value = "Text that ends each event; by default, its length in four bytes precedes it instead.", optional = true, example = "\\n")
            String separator) {

        public Params {
            PortNumber.check("port", port);
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.tcp.output", "TCP",
            "Sends events to a TCP port, for example of another IntelMQ, Splunk or Logstash.", Params.class, TcpOutput::new).waiting();

    private static final int MOST_REFUSALS = 5;
    private static final long PAUSE_MILLIS = 1_000;

    private final BotContext context;
    private final boolean answers;
    private final byte[] separator;
    private final OutputFormat format;
    private final Peer peer;
    private final TakenEvents taken = new TakenEvents();

    TcpOutput(Params params, BotContext context) {
        this.context = context;
        this.answers = params.counterpartIsIntelmq();
        this.separator = params.separator() == null || params.separator().isEmpty() ? null : params.separator().getBytes(StandardCharsets.UTF_8);
        this.format = new OutputFormat(new OutputParams(params.hierarchicalOutput(), false, false, null, true));
        this.peer = new Peer(params.ip(), params.port());
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        List<Message> left = taken.left(events);
        if (!answers) {
            sendUnanswered(left);
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            try {
                sendAnswered(frame(left.get(i)));
            } catch (IOException | InterruptedException | RuntimeException e) {
                taken.add(left.subList(0, i));
                throw e;
            }
        }
    }

    private byte[] frame(Message event) {
        byte[] json = LoneSurrogates.BACKSLASHREPLACE.encode(format.text(event));
        return separator == null ? ByteBuffer.allocate(4 + json.length).putInt(json.length).put(json).array()
                : ByteBuffer.allocate(json.length + separator.length).put(json).put(separator).array();
    }

    private void sendUnanswered(List<Message> events) throws IOException {
        List<byte[]> frames = events.stream().map(this::frame).toList();
        peer.checkOpen();
        try {
            peer.send(frames);
        } catch (IOException e) {
            again(e);
            retry(() -> {
                peer.send(frames);
                return null;
            });
        }
    }

    private void sendAnswered(byte[] frame) throws IOException, InterruptedException {
        for (int refusals = 1; ; refusals++) {
            String answer;
            try {
                answer = exchange(frame);
            } catch (IOException e) {
                again(e);
                answer = retry(() -> exchange(frame));
            }
            if (answer.equals("Ok")) {
                return;
            }
            if (refusals == MOST_REFUSALS) {
                throw new UnavailableException(peer + " answered \"" + answer + "\" instead of Ok " + refusals + " times; set counterpart_is_intelmq "
                        + "to false if it is not a TCP collector of IntelMQ");
            }
            context.log().warning(peer + " answered \"" + answer + "\" instead of Ok; sending the event again.");
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private String exchange(byte[] frame) throws IOException {
        peer.send(List.of(frame));
        return peer.answer();
    }

    /** A connection may have ended since it was last used; a new one will show whether there is another cause. */
    private void again(IOException reason) {
        context.log().fine(() -> "Reconnecting to " + peer + ": " + reason.getMessage());
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T retry(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            throw new UnavailableException(peer + " cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
