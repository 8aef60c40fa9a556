package org.intelmq.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.intelmq.bot.UndecodableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger's event puts into a mail's head becomes no line of it, and no other recipient. */
class StrangersInHeadersTest {

    private static final String SENDER = "cert@example.org";

    private static String names(Enumeration<Header> headers) {
        return Collections.list(headers).stream().map(header -> header.getName().toLowerCase(Locale.ROOT)).sorted().collect(Collectors.joining(" "));
    }

    private static MimeMessage read(MailComposer composer) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(composer.compose().content()));
    }

    private static MailComposer mail() {
        return new MailComposer("0123456789abcdef", Instant.EPOCH).from(Addresses.single("from", SENDER)).to(Addresses.list("to", "a@example.net"));
    }

    private static void assertHead(MailComposer composer) throws Exception {
        assertEquals("content-type date from message-id mime-version subject to", names(read(composer).getAllHeaders()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@example.net\r\nBcc: b@evil.example", "\"a\r\nBcc: b@evil.example\" <a@example.net>", "\"a\r\nBcc: b\"@example.net",
            "a@example.net\rBcc: b@evil.example", "a@exam\nple.net", "(c\nBcc: x@evil.example) a@example.net", "a@[192.0.2.1\nBcc: b@evil.example]",
            "=?utf-8?q?a=0D=0ABcc:_b@evil.example?= <a@example.net>", "a@example.net\u0085Bcc: b@evil.example", "group: a@example.net, b@example.net;"})
    void recipientsStandOnOneLine(String text) {
        UndecodableException refusal = assertThrows(UndecodableException.class, () -> Addresses.list("parameter 'mail_to'", text));
        assertTrue(refusal.getMessage().chars().noneMatch(Character::isISOControl), refusal.getMessage());
    }

    @Test
    void nameOfARecipientIsNoLine() throws Exception {
        assertHead(mail().to(Addresses.list("to", "\"Bcc: b@evil.example\" <a@example.net>, Desk <b@example.net>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\u0085Bcc: b@evil.example", "x\u000bBcc: b", "x\u0000y", "=?utf-8?q?a=0D=0ABcc:_b?="})
    void subjectsAreOneLine(String text) throws Exception {
        assertHead(mail().subject(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: b@evil.example", "x\nBcc: b@evil.example", "x\rBcc: b@evil.example"})
    void subjectsOfMoreLinesAreRefused(String text) {
        assertThrows(UndecodableException.class, () -> mail().subject(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv; name=\"a\r\nX-Evil: 1\"", "text/csv\r\nX-Evil: 1", "text/csv; a=\"\r\n\r\nbody", "text/csv; x=\"\\\r\nX-Evil: 1\"",
            "text/csv; name=\"a\nX-Evil: 1\""})
    void typesOfFilesOfMoreLinesAreRefused(String type) {
        assertThrows(UndecodableException.class, () -> mail().file(new byte[] {1}, type, "a.csv"));
    }

    @Test
    void nameOfAFileIsNoLine() throws Exception {
        MimeMessage message = read(mail().file(new byte[] {1}, "text/csv", "a\r\nX-Evil: \"1\".csv"));
        BodyPart part = ((Multipart) message.getContent()).getBodyPart(0);
        assertEquals("content-disposition content-transfer-encoding content-type", names(part.getAllHeaders()));
        assertEquals("a X-Evil: \"1\".csv", part.getFileName());
    }
}
