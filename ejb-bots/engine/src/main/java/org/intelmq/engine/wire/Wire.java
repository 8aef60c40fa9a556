package org.intelmq.engine.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.text.ControlCharacters;

/**
 * Messages as the body of a parcel: the mark {@value #VERSION}, then a line each, {@code checksum id TAB serialised form LF}, where
 * the checksum is the CRC-32C of what follows up to the line feed, in eight hexadecimal digits. The serialised form has no line feed,
 * so that a damaged line spoils no other. A body without the mark, as older versions wrote it and other programs may, has no checksums. The
 * parcel names the harmonization that its messages were checked by: where it is still the same, they are not checked again.
 */
public final class Wire {

    /** A parcel is closed at this number of events or bytes: enough to share a commit, small enough to stay in memory. */
    public static final int MOST_EVENTS = 500;
    static final int MOST_BYTES = 512 * 1024;

    static final byte VERSION = 2;

    /** Of an event, rather more than less. */
    private static final int USUAL_BYTES = 1024;

    private Wire() { }

    /**
     * What was read from a parcel.
     *
     * @param missing how many of the parcel's messages have left no trace in it; 0 if its count is one that no parcel can have
     */
    public record Content(List<Message> messages, List<Broken> broken, int missing) { }

    /**
     * A message that cannot be read.
     *
     * @param damaged whether it differs from what was sent
     */
    public record Broken(byte[] content, boolean damaged, RuntimeException reason) { }

    public static Parcel.Kind kind(Message message) {
        return message instanceof Report ? Parcel.Kind.REPORT : Parcel.Kind.EVENTS;
    }

    /** For a report whose data is sent separately. */
    public static Parcel encodeWithoutData(Report report) {
        WireBody body = new WireBody(VERSION, USUAL_BYTES);
        append(report, body);
        return new Parcel(Parcel.Kind.LARGE_REPORT, 1, body.toByteArray(), null, 0, 0).checkedBy(report.harmonization().fingerprint());
    }

    /** As many parcels as are necessary, in order. */
    public static List<Parcel> encode(Parcel.Kind kind, List<? extends Message> messages, long deliverAt, int attempt) {
        List<Parcel> parcels = new ArrayList<>(1);
        WireBody body = new WireBody(VERSION, (int) Math.min(MOST_BYTES + USUAL_BYTES, (long) messages.size() * USUAL_BYTES));
        int count = 0;
        String rules = null;
        for (Message message : messages) {
            String itsRules = message.harmonization().fingerprint();
            if (count > 0 && (count == MOST_EVENTS || body.size() >= MOST_BYTES || !itsRules.equals(rules))) {
                parcels.add(new Parcel(kind, count, body.toByteArray(), null, deliverAt, attempt).checkedBy(rules));
                body.reset();
                count = 0;
            }
            append(message, body);
            count++;
            rules = itsRules;
        }
        if (count > 0) {
            parcels.add(new Parcel(kind, count, body.toByteArray(), null, deliverAt, attempt).checkedBy(rules));
        }
        return parcels;
    }

    private static void append(Message message, WireBody body) {
        body.beginLine();
        try {
            if (message.id() != null) {
                body.write(ControlCharacters.spelledOut(message.id()).replace('\t', ' ').getBytes(StandardCharsets.UTF_8));
            }
            body.write('\t');
            MessageJson.encode(message, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        body.endLine();
    }

    /**
     * Everything that can be read, and what cannot.
     *
     * @param identity with their position, identifies messages that have no identity
     */
    public static Content read(Parcel parcel, Harmonization harmonization, String identity) {
        List<Message> messages = new ArrayList<>(Math.min(MOST_EVENTS, Math.max(0, parcel.count())));
        List<Broken> broken = new ArrayList<>(0);
        byte[] body = parcel.body();
        boolean isSummed = body.length > 0 && body[0] == VERSION;
        boolean isChecked = isSummed && harmonization.fingerprint().equals(parcel.rules());
        int position = 0;
        for (int start = isSummed ? 1 : 0; start < body.length;) {
            int end = WireBody.endOfLine(body, start);
            int content = start;
            try {
                content = isSummed ? WireBody.check(body, start, end) : start;
                Message message = message(body, content, end, harmonization, isChecked);
                if (message.id() == null) {
                    message.identify(identity + "-" + position);
                }
                messages.add(message);
            } catch (DamagedException e) {
                broken.add(new Broken(WireBody.copy(body, start, end), true, e));
            } catch (RuntimeException e) {
                broken.add(new Broken(WireBody.copy(body, WireBody.afterTab(body, content, end), end), false, e));
            }
            position++;
            start = end + 1;
        }
        return new Content(messages, broken, parcel.count() > MOST_EVENTS ? 0 : Math.max(0, parcel.count() - position));
    }

    /**
     * As {@link #read}, but all or nothing.
     *
     * @throws RuntimeException saying why the first unreadable message cannot be read
     */
    public static List<Message> decode(Parcel parcel, Harmonization harmonization, String identity) {
        Content content = read(parcel, harmonization, identity);
        if (!content.broken().isEmpty()) {
            throw content.broken().get(0).reason();
        }
        return content.messages();
    }

    /** One parcel per message, without decoding them. */
    public static List<Parcel> apart(Parcel parcel) {
        List<Parcel> parts = new ArrayList<>();
        byte[] body = parcel.body();
        boolean isSummed = body.length > 0 && body[0] == VERSION;
        for (int start = isSummed ? 1 : 0; start < body.length;) {
            int end = WireBody.endOfLine(body, start);
            byte[] line = new byte[end - start + (isSummed ? 1 : 0)];
            System.arraycopy(body, start, line, isSummed ? 1 : 0, end - start);
            if (isSummed) {
                line[0] = VERSION;
            }
            parts.add(new Parcel(parcel.kind(), 1, line, null, 0, parcel.attempt()).checkedBy(parcel.rules()));
            start = end + 1;
        }
        return parts;
    }

    /** The serialised form in a parcel of one message, unchanged. */
    public static byte[] text(Parcel one) {
        byte[] body = one.body();
        int end = WireBody.endOfLine(body, 0);
        return WireBody.copy(body, WireBody.afterTab(body, 0, end), end);
    }

    private static Message message(byte[] body, int start, int end, Harmonization harmonization, boolean isChecked) {
        int json = WireBody.afterTab(body, start, end);
        Message message = isChecked ? MessageJson.decode(body, json, end - json, harmonization)
                : MessageJson.parse(body, json, end - json, harmonization, "Event");
        if (json > start + 1) {
            message.identify(new String(body, start, json - start - 1, StandardCharsets.UTF_8));
        }
        return message;
    }
}
