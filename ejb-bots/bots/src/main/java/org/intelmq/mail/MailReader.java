package org.intelmq.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.intelmq.bot.ReportSize;
import org.intelmq.text.encoding.CharacterSets;

/** Parses mails, within limits: the nesting of parts, their number, and their total size. For one mail. */
final class MailReader {

    /** Bytes of a mail: those of a report, encoded with four characters for three bytes, and as much again for everything else. */
    static final long LARGEST = ReportSize.MOST * 2;

    private static final int DEEPEST = 20;
    private static final int MOST_PARTS = 1000;
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]+");
    private static final Session LENIENT = lenient();

    private final List<ReadMail.Text> texts = new ArrayList<>();
    private final List<ReadMail.Attachment> attachments = new ArrayList<>();
    private int parts;

    private MailReader() { }

    private static Session lenient() {
        Properties properties = new Properties();
        for (String leniency : List.of("mail.mime.allowutf8", "mail.mime.decodefilename", "mail.mime.ignoreunknownencoding",
                "mail.mime.multipart.allowempty")) {
            properties.put(leniency, "true");
        }
        properties.put("mail.mime.address.strict", "false");
        return Session.getInstance(properties);
    }

    /** @throws IOException if it is not a mail, or exceeds the limits */
    static ReadMail read(String uid, byte[] content) throws IOException {
        try {
            MimeMessage message = new MimeMessage(LENIENT, new ByteArrayInputStream(content));
            MailReader reader = new MailReader();
            reader.walk(message, 0);
            return new ReadMail(uid, decoded(message, "Subject"), decoded(message, "Message-ID"), decoded(message, "Date"), senders(message),
                    List.copyOf(reader.texts), List.copyOf(reader.attachments));
        } catch (MessagingException e) {
            throw new IOException("it cannot be parsed: " + e.getMessage(), e);
        }
    }

    private void walk(MimePart part, int depth) throws IOException, MessagingException {
        if (++parts > MOST_PARTS || depth > DEEPEST) {
            throw new IOException("it has more than " + MOST_PARTS + " parts, or parts within parts deeper than " + DEEPEST + " levels");
        }
        String type = type(part);
        if (type.startsWith("multipart/")) {
            Multipart inner = new MimeMultipart(new PartSource(part));
            for (int i = 0; i < inner.getCount(); i++) {
                BodyPart each = inner.getBodyPart(i);
                walk((MimeBodyPart) each, depth + 1);
            }
        } else if (type.equals("message/rfc822")) {
            try (InputStream in = part.getInputStream()) {
                walk(new MimeMessage(LENIENT, in), depth + 1);
            }
        } else {
            take(part, type, depth == 0);
        }
    }

    private void take(MimePart part, String type, boolean whole) throws IOException, MessagingException {
        String disposition = disposition(part);
        boolean inline = disposition == null || disposition.toLowerCase(Locale.ROOT).startsWith("inline");
        boolean html = type.equals("text/html");
        if (inline && (html || type.equals("text/plain")) || whole && type.startsWith("text/")) {
            texts.add(new ReadMail.Text(html, whole, text(part)));
            return;
        }
        String name = name(part, disposition);
        if (name != null) {
            attachments.add(new ReadMail.Attachment(name, bytes(part)));
        }
    }

    private static String type(MimePart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "text/plain";
        }
    }

    private static String disposition(MimePart part) throws MessagingException {
        String[] lines = part.getHeader("Content-Disposition");
        return lines == null || lines.length == 0 ? null : FOLD.matcher(lines[0]).replaceAll(" ").strip();
    }

    /** The name of the file; {@code null} if it has none. */
    private static String name(MimePart part, String disposition) throws MessagingException {
        String name = null;
        try {
            name = disposition == null ? null : new ContentDisposition(disposition).getParameter("filename");
        } catch (ParseException e) {
            // violates the standard: there may be a name elsewhere
        }
        if (name == null) {
            try {
                name = new ContentType(part.getContentType()).getParameter("name");
            } catch (ParseException e) {
                return null;
            }
        }
        return name == null || name.isBlank() ? null : decoded(name).strip();
    }

    private static byte[] bytes(MimePart part) throws IOException, MessagingException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /** Bytes that are invalid in the part's encoding are left out. */
    private static String text(MimePart part) throws IOException, MessagingException {
        Charset charset = StandardCharsets.UTF_8;
        try {
            String named = new ContentType(part.getContentType()).getParameter("charset");
            charset = named == null || named.equalsIgnoreCase("us-ascii") ? StandardCharsets.UTF_8 : CharacterSets.named(named);
        } catch (ParseException | IllegalArgumentException e) {
            // an unknown encoding: most of what is written today is UTF-8
        }
        return new String(bytes(part), charset).replace("\ufffd", "");
    }

    /** On one line, with its encoded words decoded; {@code null} if there is none. */
    static String decoded(MimeMessage message, String head) throws MessagingException {
        String[] lines = message.getHeader(head);
        return lines == null || lines.length == 0 ? null : decoded(FOLD.matcher(lines[lines.length - 1]).replaceAll(" ").strip());
    }

    private static String decoded(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException e) {
            return text;
        }
    }

    static List<String> senders(MimeMessage message) throws MessagingException {
        String from = message.getHeader("From", ",");
        if (from == null) {
            return List.of();
        }
        try {
            return Arrays.stream(InternetAddress.parseHeader(from, false)).map(InternetAddress::getAddress).toList();
        } catch (AddressException e) {
            return List.of(decoded(FOLD.matcher(from).replaceAll(" ").strip()));
        }
    }
}
