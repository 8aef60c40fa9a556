package org.intelmq.mail;

import java.util.List;
import org.intelmq.message.Report;

/**
 * A parsed mail.
 *
 * @param uid its number in the mailbox, which no other mail there has or will have
 * @param subject {@code null} if it has none; the same applies to the next two
 * @param messageId in angle brackets
 * @param date as it was written
 * @param senders addresses
 * @param texts the text parts, in order
 */
public record ReadMail(String uid, String subject, String messageId, String date, List<String> senders, List<Text> texts, List<Attachment> attachments) {

    /**
     * A text part of the mail.
     *
     * @param whole whether it is the whole mail
     */
    public record Text(boolean html, boolean whole, String content) { }

    /** An attached file. */
    public record Attachment(String name, byte[] content) { }

    /** Adds the headers that reports of mails contain. */
    public void describe(Report report) {
        add(report, "extra.email_subject", subject);
        add(report, "extra.email_from", String.join(",", senders));
        add(report, "extra.email_message_id", messageId);
    }

    /** Adds what comes last in IntelMQ's reports. */
    public void date(Report report) {
        add(report, "extra.email_date", date);
    }

    private static void add(Report report, String field, String value) {
        if (value != null && !value.isBlank()) {
            report.add(field, value);
        }
    }

    @Override
    public String toString() {
        return "mail " + (messageId == null ? uid : messageId) + (subject == null ? "" : " \"" + subject + '"');
    }
}
