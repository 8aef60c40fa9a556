package org.intelmq.bots.outputs.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.charset.StandardCharsets;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.PortNumber;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.python.PythonText;

/** Each event is a datagram, which nobody acknowledges: a datagram lost on the way is lost, but if nobody listens, events wait. */
public final class UdpOutput implements Bot<Message> {

    /** The form of an event. */
    public enum Format { JSON, DELIMITED }

    public record Params(
            @Param(value = "How events are written: json, or delimited as name:value.")
            Format format,
            @Param(value = "Text before each event.", byDefault = "<header text>")
            String header,
            @Param(value = "Text before each field, if format is delimited.", byDefault = "|")
            String fieldDelimiter,
            @Param(value = "Whether the field raw is written.", byDefault = "false")
            boolean keepRawField,
            @Param(value = "Host to send to.", byDefault = "localhost", form = Form.HOST)
            String udpHost,
            @Param(value = "Port to send to.", example = "514")
            int udpPort) {

        public Params {
            PortNumber.check("udp_port", udpPort);
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.udp.output", "UDP",
            "Sends each event as a UDP datagram, for example to a syslog daemon.", Params.class, UdpOutput::new).waiting();

    /** The capacity of an IPv4 datagram. */
    private static final int MOST_BYTES = 65_507;

    private final Params params;
    private DatagramSocket socket;

    UdpOutput(Params params, BotContext context) {
        this.params = params;
    }

    @Override
    public void process(Message event, Outbox out) {
        byte[] datagram = (withoutControls(params.header() + text(event)) + '\n').getBytes(StandardCharsets.UTF_8);
        if (datagram.length > MOST_BYTES) {
            throw new IllegalArgumentException("the event takes " + datagram.length + " bytes, more than the " + MOST_BYTES
                    + " of a datagram: remove fields before this bot, or use the TCP output");
        }
        try {
            if (socket == null) {
                socket = connected();
            }
            socket.send(new DatagramPacket(datagram, datagram.length));
        } catch (PortUnreachableException e) {
            close();
            throw new UnavailableException("nobody listens at " + params.udpHost() + ':' + params.udpPort() + "; events sent just before are lost", e);
        } catch (IOException e) {
            close();
            throw new UnavailableException(params.udpHost() + ':' + params.udpPort() + " cannot be sent to: " + e.getMessage(), e);
        }
    }

    /** Connected, so that the system reports when nobody listens. */
    private DatagramSocket connected() throws IOException {
        InetSocketAddress address = new InetSocketAddress(params.udpHost(), params.udpPort());
        if (address.isUnresolved()) {
            throw new IOException("the name is not known");
        }
        DatagramSocket fresh = new DatagramSocket();
        try {
            fresh.connect(address);
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
        return fresh;
    }

    private String text(Message event) {
        if (!params.keepRawField()) {
            event.remove(Fields.RAW);
        }
        if (params.format() == Format.JSON) {
            return MessageJson.toJson(event, false, false);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < event.size(); i++) {
            line.append(params.fieldDelimiter()).append(event.fieldAt(i).name()).append(':').append(PythonText.str(event.valueAt(i)));
        }
        return line.toString();
    }

    /** Without unprintable Unicode characters, so that a line stays one line; as in IntelMQ, this includes tabs. */
    private static String withoutControls(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(UdpOutput::isSeen).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isSeen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
