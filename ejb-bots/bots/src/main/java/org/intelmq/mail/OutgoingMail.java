package org.intelmq.mail;

import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mail that is ready to be sent.
 *
 * @param id its Message-ID, in angle brackets
 * @param sender of the envelope
 * @param recipients of the envelope, including those of blind copies
 * @param content head and body, with lines ended by CR LF
 */
public record OutgoingMail(String id, InternetAddress sender, List<InternetAddress> recipients, byte[] content) {

    /** Whether the server must take addresses that are not ASCII (SMTPUTF8). */
    boolean needsUtf8() {
        return isForeign(sender) || recipients.stream().anyMatch(OutgoingMail::isForeign);
    }

    private static boolean isForeign(InternetAddress address) {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress());
    }

    /** The same mail, also to others who are not named in its head. */
    public OutgoingMail alsoTo(List<InternetAddress> others) {
        List<InternetAddress> all = new ArrayList<>(recipients);
        all.addAll(others);
        return new OutgoingMail(id, sender, List.copyOf(all), content);
    }

    /** For people to read. */
    String addressees() {
        return Arrays.toString(recipients.stream().map(InternetAddress::getAddress).toArray());
    }
}
