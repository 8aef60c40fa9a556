package org.intelmq.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;

/**
 * Messages as the body of a parcel: a line each, {@code id TAB serialised form}. Written and read by this version only, so
 * values are not checked again on arrival.
 */
final class Wire {

    /** A parcel is closed at this many events or bytes: enough to share a commit, small enough to stay in memory. */
    static final int MOST_EVENTS = 500;
    static final int MOST_BYTES = 256 * 1024;

    private Wire() { }

    static Parcel.Kind kind(Message message) {
        return message instanceof Report ? Parcel.Kind.REPORT : Parcel.Kind.EVENTS;
    }

    /** Of a report whose data travels beside it. */
    static Parcel encodeWithoutData(Report report) {
        return new Parcel(Parcel.Kind.LARGE_REPORT, 1, line(report), null, 0, 0);
    }

    /** As many parcels as it takes, in order. */
    static List<Parcel> encode(Parcel.Kind kind, List<? extends Message> messages, long deliverAt, int attempt) {
        List<Parcel> parcels = new ArrayList<>(1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int count = 0;
        for (Message message : messages) {
            if (count > 0 && (count == MOST_EVENTS || body.size() >= MOST_BYTES)) {
                parcels.add(new Parcel(kind, count, body.toByteArray(), null, deliverAt, attempt));
                body.reset();
                count = 0;
            }
            byte[] line = line(message);
            body.write(line, 0, line.length);
            count++;
        }
        if (count > 0) {
            parcels.add(new Parcel(kind, count, body.toByteArray(), null, deliverAt, attempt));
        }
        return parcels;
    }

    private static byte[] line(Message message) {
        return ((message.id() == null ? "" : message.id()) + "\t" + MessageJson.serialize(message) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @param identity given to messages that have none, with their position */
    static List<Message> decode(Parcel parcel, Harmonization harmonization, String identity) {
        List<Message> messages = new ArrayList<>(parcel.count());
        String text = new String(parcel.body(), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            int tab = line.indexOf('\t');
            Message message = MessageJson.parse(line.substring(tab + 1), harmonization, "Event");
            message.identify(tab > 0 ? line.substring(0, tab) : identity + "-" + messages.size());
            messages.add(message);
        }
        return messages;
    }
}
