package org.intelmq.bots.outputs.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.SmtpStub;
import org.intelmq.testing.SmtpStub.Safety;
import org.intelmq.testing.TestContext;
import org.intelmq.testing.TlsKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpOutputTest {

    @TempDir
    Path directory;
    private TestContext context;

    @BeforeEach
    void aDirectoryOfItsOwn() {
        context = new TestContext().dataDirectory(directory);
    }

    private static Message event(String id) {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.7").add("source.asn", 64496)
                .add("source.abuse_contact", "abuse@example.com").add("classification.type", "infected-system");
        event.identify(id);
        return event;
    }

    private SmtpOutput output(int port, Object... namesAndValues) throws Exception {
        List<Object> all = new ArrayList<>(List.of("smtp_host", "localhost", "smtp_port", port));
        all.addAll(List.of(namesAndValues));
        return new SmtpOutput(Parameters.of(SmtpOutput.Params.class, all.toArray()), context);
    }

    private static MimeMessage read(SmtpStub.Mail mail) throws Exception {
        return new MimeMessage(null, new ByteArrayInputStream(mail.content()));
    }

    @Test
    void aRealServerTakesTheMailWithItsTable() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup[] {ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.SMTPS.dynamicPort()});
        server.setUser("user", "user", "secret");
        server.start();
        try (SmtpOutput plain = output(server.getSmtp().getPort(), "starttls", false, "smtp_username", "user", "smtp_password", "secret",
                "fieldnames", "source.ip, event_description.text", "subject", "Störung bei {ev[source.ip]}", "text", "Grüße, {ev[source.fqdn]}!");
                SmtpOutput encrypted = output(server.getSmtps().getPort(), "ssl", true, "http_verify_cert", false)) {
            plain.process(event("a").add("event_description.text", "semi;colon \"q\"\nü"), new RecordingOutbox());
            encrypted.process(event("b"), new RecordingOutbox());
            MimeMessage mail = server.getReceivedMessages()[0];
            assertEquals("Störung bei 192.0.2.7", mail.getSubject());
            assertEquals("cert@localhost", mail.getFrom()[0].toString());
            Multipart parts = (Multipart) mail.getContent();
            assertEquals("Grüße, None!", parts.getBodyPart(0).getContent());
            assertEquals("events.csv", parts.getBodyPart(1).getFileName());
            assertEquals("source.ip;event_description.text\r\n192.0.2.7;\"semi;colon \"\"q\"\"\r\nü\"\r\n",
                    new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals("Incident in your AS 64496", server.getReceivedMessages()[1].getSubject());
        } finally {
            server.stop();
        }
    }

    @Test
    void theServersNameAndCertificateAreChecked() throws Exception {
        TlsKeys keys = TlsKeys.in(directory);
        try (SmtpStub server = new SmtpStub(Safety.STARTTLS, keys.context(), true)) {
            try (SmtpOutput trusting = output(server.port(), "ssl_ca_certificate", keys.authority().toString())) {
                trusting.process(event("a"), new RecordingOutbox());
            }
            assertTrue(server.mails().get(0).starttls());
            try (SmtpOutput strict = output(server.port())) {
                String problem = assertThrows(UnavailableException.class, () -> strict.process(event("b"), new RecordingOutbox())).getMessage();
                assertTrue(problem.contains("localhost:" + server.port()), problem);
            }
        }
        try (SmtpStub plain = new SmtpStub(Safety.NONE, null, true); SmtpOutput strict = output(plain.port())) {
            assertThrows(UnavailableException.class, () -> strict.process(event("c"), new RecordingOutbox()));
            assertEquals(List.of(), plain.mails());
        }
    }

    @Test
    void aMailIsSentOnceThoughItsDeliveryIsRolledBackOrTheProcessKilled() throws Exception {
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true)) {
            SmtpOutput killed = output(server.port(), "starttls", false);
            RecordingOutbox delivery = new RecordingOutbox();
            killed.process(event("a"), delivery);
            killed.process(event("b"), delivery);
            delivery.rollBack();
            RecordingOutbox again = new RecordingOutbox();
            killed.process(event("a"), again);
            again.commit();
            // a process that was killed leaves the file and closes nothing: what it knew is gone, its file is not
            Path ledger = directory.resolve("mail-output").resolve(".test-bot.sent");
            byte[] left = Files.readAllBytes(ledger);
            killed.close();
            Files.write(ledger, left);
            try (SmtpOutput next = output(server.port(), "starttls", false)) {
                RecordingOutbox redelivery = new RecordingOutbox();
                next.process(event("b"), redelivery);
                next.process(event("c"), redelivery);
                redelivery.commit();
            }
            assertEquals(3, server.mails().size());
            assertEquals(0, Files.size(ledger));
        }
    }

    @Test
    void aMailWhoseSendingWasCutShortComesAgainUnderTheSameMessageId() throws Exception {
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true)) {
            try (SmtpOutput output = output(server.port(), "starttls", false)) {
                output.process(event("a"), new RecordingOutbox());
            }
            Path ledger = directory.resolve("mail-output").resolve(".test-bot.sent");
            // cut off between the server's last answer and the record of it
            Files.writeString(ledger, Files.readString(ledger).lines().findFirst().orElseThrow() + "\nse");
            try (SmtpOutput output = output(server.port(), "starttls", false)) {
                output.process(event("a"), new RecordingOutbox());
            }
            assertEquals(2, server.mails().size());
            assertEquals(read(server.mails().get(0)).getMessageID(), read(server.mails().get(1)).getMessageID());
        }
    }

    @Test
    void recipientsThatAreRefusedDoNotKeepTheMailFromOthers() throws Exception {
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true).refuse("gone@example.com", "550 no such user");
                SmtpOutput output = output(server.port(), "starttls", false, "mail_to", "gone@example.com, \"Doe, J\" <b@example.com>, c@bücher.example");
                SmtpOutput alone = output(server.port(), "starttls", false, "mail_to", "gone@example.com")) {
            output.process(event("a"), new RecordingOutbox());
            assertEquals(List.of("b@example.com", "c@xn--bcher-kva.example"), server.mails().get(0).to());
            String refusal = assertThrows(IOException.class, () -> alone.process(event("b"), new RecordingOutbox())).getMessage();
            assertEquals("mail server localhost:" + server.port() + " refused the mail to [gone@example.com]: 550 no such user", refusal);
        }
    }

    @Test
    void anEventCannotAddHeadLinesAndNeedsARecipient() throws Exception {
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true);
                SmtpOutput output = output(server.port(), "starttls", false, "subject", "A {ev[event_description.text]}")) {
            Message injected = event("a").add("event_description.text", "x\nBcc: evil@example.com");
            assertThrows(UndecodableException.class, () -> output.process(injected, new RecordingOutbox()));
            Message nobody = new Event(Harmonization.standard()).add("source.ip", "192.0.2.7");
            assertEquals("parameter 'mail_to' is \"\": expected at least one mail address",
                    assertThrows(UndecodableException.class, () -> output.process(nobody, new RecordingOutbox())).getMessage());
            assertEquals(List.of(), server.mails());
        }
    }

    @Test
    void logsInWithATokenThatItFetches() throws Exception {
        byte[] answer = "{\"access_token\": \"secret\", \"expires_in\": 3600}".getBytes(StandardCharsets.UTF_8);
        context.http(new CannedHttp().at("https://login.example.com/token", 200, answer));
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true); SmtpOutput output = output(server.port(), "starttls", false, "smtp_username", "user",
                "oauth2_token_url", "https://login.example.com/token", "oauth2_client_id", "me", "oauth2_client_secret", "mine")) {
            output.process(event("a"), new RecordingOutbox());
            assertEquals(List.of(new SmtpStub.Attempt("XOAUTH2", "user", "secret", true)), server.attempts());
        }
    }

    @Test
    void waitsForAServerThatIsAwayOrLetsItNotIn() throws Exception {
        int port;
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, true); SmtpOutput wrong = output(server.port(), "starttls", false, "smtp_username", "user",
                "smtp_password", "wrong")) {
            port = server.port();
            assertEquals("Mail server localhost:" + port + " does not let user 'user' log in: 535 5.7.8 Authentication credentials invalid",
                    assertThrows(UnavailableException.class, () -> wrong.process(event("a"), new RecordingOutbox())).getMessage());
        }
        try (SmtpOutput output = output(port, "starttls", false)) {
            assertThrows(UnavailableException.class, () -> output.process(event("a"), new RecordingOutbox()));
        }
        try (SmtpStub server = new SmtpStub(Safety.NONE, null, false); SmtpOutput output = output(server.port(), "starttls", false, "smtp_username", "user",
                "smtp_password", "secret")) {
            assertThrows(UnavailableException.class, () -> output.process(event("a"), new RecordingOutbox()));
        }
    }

    @Test
    void refusesAFaultyTemplateAtTheStart() {
        Map.of("text", "a {broken", "subject", "}", "mail_to", "{ev[source.ip}").forEach((name, value) -> {
            String problem = assertThrows(ConfigurationException.class, () -> output(1, name, value)).getMessage();
            assertTrue(problem.startsWith("parameter '" + name + "' cannot be \"" + value + "\": "), problem);
        });
    }
}
