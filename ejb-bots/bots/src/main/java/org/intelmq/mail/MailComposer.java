package org.intelmq.mail;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.intelmq.bot.UndecodableException;
import org.intelmq.text.ControlCharacters;

/**
 * Puts a mail together: the text first, then the attachments, with everything encoded in ASCII. A mail that is made again has the same
 * Message-ID, so that its receivers can recognise it. For one mail.
 */
public final class MailComposer {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final int LONGEST_LINE = 998;
    private static final int BASE64_LINE = 76;

    private final String identity;
    private final Instant time;
    private final List<String> parts = new ArrayList<>();
    private String subject = "";
    private InternetAddress sender;
    private List<InternetAddress> recipients = List.of();
    private Signer signer;

    /** Signs the content of a mail. */
    @FunctionalInterface
    public interface Signer {

        /** The signed content, beginning with its Content-Type line. */
        String sign(String content, String boundary) throws Exception;
    }

    /** @param identity of the mail's subject matter, in hexadecimal digits: readers take two mails with the same identity as one */
    public MailComposer(String identity, Instant time) {
        this.identity = identity;
        this.time = time;
    }

    public MailComposer from(InternetAddress address) {
        sender = address;
        return this;
    }

    public MailComposer to(List<InternetAddress> addresses) {
        recipients = List.copyOf(addresses);
        return this;
    }

    /** @throws UndecodableException if it has more than one line, so that a stranger's text could become a header of the mail */
    public MailComposer subject(String text) {
        if (LINE_END.matcher(text).find()) {
            throw new UndecodableException("the subject has more than one line: " + ControlCharacters.spelledOut(text));
        }
        subject = text;
        return this;
    }

    /** @param disposition {@code inline}, or {@code null} to say nothing */
    public MailComposer text(String text, String disposition) {
        Charset charset = StandardCharsets.US_ASCII.newEncoder().canEncode(text) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        parts.add(textPart(text, "text/plain", charset, disposition == null ? "" : "Content-Disposition: " + disposition + "\r\n"));
        return this;
    }

    /** Adds a text file, which is readable in the mail. */
    public MailComposer textFile(String text, String type, String name) {
        Charset charset = StandardCharsets.US_ASCII.newEncoder().canEncode(text) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        parts.add(textPart(text, type, charset, attachment(name)));
        return this;
    }

    /** @throws UndecodableException if the type is not a MIME type */
    public MailComposer file(byte[] content, String type, String name) {
        parts.add("Content-Type: " + contentType(type) + "\r\nContent-Transfer-Encoding: base64\r\n" + attachment(name) + "\r\n" + base64(content));
        return this;
    }

    public MailComposer signed(Signer by) {
        signer = by;
        return this;
    }

    private static String textPart(String text, String type, Charset charset, String disposition) {
        String lines = LINE_END.matcher(text).replaceAll("\r\n");
        boolean plain = charset == StandardCharsets.US_ASCII && lines.lines().noneMatch(line -> line.length() > LONGEST_LINE) && lines.indexOf('\0') < 0;
        return "Content-Type: " + type + "; charset=\"" + charset.name().toLowerCase(Locale.ROOT) + "\"\r\nContent-Transfer-Encoding: "
                + (plain ? "7bit" : "base64") + "\r\n" + disposition + "\r\n" + (plain ? lines : base64(lines.getBytes(charset)));
    }

    private static String base64(byte[] content) {
        return Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\r', '\n'}).encodeToString(content) + "\r\n";
    }

    private static String contentType(String type) {
        try {
            if (LINE_END.matcher(type.strip()).find()) {
                throw new ParseException("it has more than one line");
            }
            return LINE_END.matcher(new ContentType(type.strip()).toString()).replaceAll("\r\n");
        } catch (ParseException e) {
            throw new UndecodableException("content-type cannot be \"" + ControlCharacters.spelledOut(type) + "\": expected one such as text/csv", e);
        }
    }

    private static String attachment(String name) {
        ParameterList parameters = new ParameterList();
        parameters.set("filename", LINE_END.matcher(name).replaceAll(" "), "utf-8");
        return "Content-Disposition: " + new ContentDisposition("attachment", parameters) + "\r\n";
    }

    /** The mail, ready to be sent. */
    public OutgoingMail compose() throws Exception {
        String boundary = "=_" + identity.substring(0, Math.min(identity.length(), 32));
        String id = '<' + identity + '@' + host() + '>';
        String content = parts.isEmpty() ? "Content-Type: text/plain\r\n\r\n" : multipart(boundary);
        StringBuilder mail = new StringBuilder(content.length() + 1000);
        mail.append("MIME-Version: 1.0\r\n");
        header(mail, "Subject", encoded(subject, "Subject"));
        header(mail, "From", sender.toUnicodeString().equals(sender.toString()) ? sender.toString() : encodedAddress(sender));
        header(mail, "To", String.join(", ", recipients.stream().map(MailComposer::encodedAddress).toList()));
        header(mail, "Date", DATE.format(time));
        header(mail, "Message-ID", id);
        mail.append(signer == null ? content : signer.sign(content, boundary + "-signed"));
        return new OutgoingMail(id, sender, recipients, mail.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String multipart(String boundary) {
        StringBuilder body = new StringBuilder("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n");
        for (String part : parts) {
            body.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return body.append("--").append(boundary).append("--\r\n").toString();
    }

    private String host() {
        String address = sender.getAddress();
        int at = address.lastIndexOf('@');
        return at < 0 || at == address.length() - 1 ? "localhost" : address.substring(at + 1);
    }

    private static void header(StringBuilder mail, String name, String value) {
        mail.append(name).append(": ").append(LINE_END.matcher(MimeUtility.fold(name.length() + 2, value)).replaceAll("\r\n")).append("\r\n");
    }

    private static String encoded(String text, String name) {
        try {
            return MimeUtility.encodeText(text, "utf-8", null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The name in ASCII; the address, which has no other form, unchanged. */
    private static String encodedAddress(InternetAddress address) {
        try {
            String name = address.getPersonal();
            return new InternetAddress(address.getAddress(), name == null ? null : LINE_END.matcher(name).replaceAll(" "), "utf-8").toString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hexadecimal digits for {@link #MailComposer(String, Instant)}. */
    public static String identity(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
