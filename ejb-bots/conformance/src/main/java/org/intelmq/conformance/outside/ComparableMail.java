package org.intelmq.conformance.outside;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.intelmq.replay.Plain;
import org.intelmq.testing.SmtpStub;

/** Mails in a form in which folding, boundaries and transfer encodings make no difference. */
final class ComparableMail {

    private static final List<String> OF_THE_FORM = List.of("content-type", "mime-version", "content-transfer-encoding");
    private static final List<String> OF_ADDRESSES = List.of("from", "to", "cc");
    /** What a client may ask for on its own account. */
    private static final List<String> OF_THE_LIBRARY = List.of("BODY=", "SIZE=");

    private ComparableMail() { }

    static Map<String, Object> recorded(Map<String, Object> mail) {
        Map<String, Object> heads = new TreeMap<>();
        Plain.<List<String>>list(mail.get("header")).forEach(head -> putHead(heads, head.get(0), head.get(1)));
        List<Object> parts = new ArrayList<>();
        for (Map<String, Object> part : Plain.<Map<String, Object>>list(mail.get("parts"))) {
            Object content = part.get("content");
            parts.add(part((String) part.get("content_type"), (String) part.get("disposition"), (String) part.get("filename"),
                    content instanceof String text ? normal((String) part.get("content_type"), text) : content));
        }
        return mail((String) mail.get("mail_from"), Plain.list(mail.get("mail_options")), Plain.list(mail.get("rcpt_to")), (boolean) mail.get("tls"),
                heads, parts);
    }

    static Map<String, Object> of(SmtpStub.Mail mail) throws IOException, MessagingException {
        Properties properties = new Properties();
        properties.put("mail.mime.allowutf8", "true");
        MimeMessage message = new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(mail.content()));
        Map<String, Object> heads = new TreeMap<>();
        Collections.list(message.getAllHeaders()).forEach(head -> putHead(heads, head.getName(), head.getValue()));
        List<Object> parts = new ArrayList<>();
        addParts(message, parts);
        return mail(mail.from(), mail.options(), mail.to(), mail.starttls(), heads, parts);
    }

    private static Map<String, Object> mail(String from, List<String> options, List<String> to, boolean tls, Map<String, Object> heads, List<Object> parts) {
        Map<String, Object> mail = new LinkedHashMap<>();
        mail.put("mail_from", from);
        mail.put("mail_options", options.stream().filter(option -> OF_THE_LIBRARY.stream().noneMatch(option::startsWith)).toList());
        mail.put("rcpt_to", to.stream().sorted().toList());
        mail.put("tls", tls);
        mail.put("header", heads);
        mail.put("parts", parts);
        return mail;
    }

    private static void putHead(Map<String, Object> heads, String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!OF_THE_FORM.contains(key)) {
            String text = decoded(value.replaceAll("\\r?\\n(?=[ \\t])", ""));
            heads.put(key, OF_ADDRESSES.contains(key) ? addresses(text) : text.strip());
        }
    }

    private static String decoded(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException e) {
            return text;
        }
    }

    private static String addresses(String text) {
        try {
            return Arrays.stream(InternetAddress.parse(text, false)).map(InternetAddress::toUnicodeString).collect(Collectors.joining(", "));
        } catch (AddressException e) {
            return text.strip();
        }
    }

    private static void addParts(MimePart part, List<Object> parts) throws IOException, MessagingException {
        ContentType type = new ContentType(part.getContentType());
        if (type.match("multipart/*")) {
            Multipart inner = (Multipart) part.getContent();
            for (int i = 0; i < inner.getCount(); i++) {
                addParts((MimePart) inner.getBodyPart(i), parts);
            }
            return;
        }
        byte[] content = part.getInputStream().readAllBytes();
        String charset = type.getParameter("charset");
        String base = type.getBaseType().toLowerCase(Locale.ROOT);
        Object comparable = base.equals("application/zip") ? zip(content)
                : normal(base, new String(content, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
        parts.add(part(base, part.getDisposition(), part.getFileName(), comparable));
    }

    private static Map<String, Object> part(String type, String disposition, String name, Object content) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("content_type", type);
        part.put("disposition", disposition);
        part.put("filename", name);
        part.put("content", content);
        return part;
    }

    /** Text has the line ends of whoever reads it. */
    private static String normal(String type, String text) {
        return type.startsWith("text/") ? text.replace("\r\n", "\n") : text;
    }

    private static Map<String, Object> zip(byte[] content) throws IOException {
        Map<String, Object> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return Map.of("zip", files);
    }
}
