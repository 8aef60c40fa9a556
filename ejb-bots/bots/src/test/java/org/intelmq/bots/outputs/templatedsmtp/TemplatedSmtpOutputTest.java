package org.intelmq.bots.outputs.templatedsmtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatedSmtpOutputTest {

    @TempDir
    Path directory;
    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static Message event() {
        Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.7").add("source.port", 8080)
                .add("source.abuse_contact", "abuse@example.com").add("raw", "bGluZQ==").add("output", "{\"a\": 1, \"list\": [\"x\", \"y\"]}");
        event.identify("event-1");
        return event;
    }

    private TemplatedSmtpOutput output(Object... namesAndValues) throws Exception {
        List<Object> all = new ArrayList<>(List.of("smtp_host", "localhost", "smtp_port", server.getSmtp().getPort(), "mail_from", "CERT <cert@example.com>",
                "mail_to", "{{ event['source.abuse_contact'] }}"));
        all.addAll(Arrays.asList(namesAndValues));
        return new TemplatedSmtpOutput(Parameters.of(TemplatedSmtpOutput.Params.class, all.toArray()), new TestContext().dataDirectory(directory));
    }

    private MimeMessage sent(Object... namesAndValues) throws Exception {
        try (TemplatedSmtpOutput output = output(namesAndValues)) {
            output.process(event(), new RecordingOutbox());
        }
        return server.getReceivedMessages()[0];
    }

    private static String part(MimeMessage mail, int number) throws Exception {
        return new String(((Multipart) mail.getContent()).getBodyPart(number).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theDefaultTextNamesAllFieldsButRaw() throws Exception {
        MimeMessage mail = sent();
        assertEquals("IntelMQ event", mail.getSubject());
        assertEquals("abuse@example.com", mail.getRecipients(RecipientType.TO)[0].toString());
        assertEquals("\r\nsource.ip: 192.0.2.7\r\nsource.port: 8080\r\nsource.abuse_contact: abuse@example.com\r\n"
                + "output: {\"a\": 1, \"list\": [\"x\", \"y\"]}\r\n", part(mail, 0));
    }

    @Test
    void templatesKnowTheFunctionsOfTheOriginalsManual() throws Exception {
        MimeMessage mail = sent("subject", "{{ from_json(event['output']).list | join('-') }}", "body", """
                {%- set comma = joiner("; ") %}
                {%- for key in event if key.startswith('source.') %}{{ comma() }}{{ key }}{% endfor %}
                {%- set output = from_json(event['output']) %} {{ output['a'] + 1 }}""");
        assertEquals("x-y", mail.getSubject());
        assertEquals("source.ip; source.port; source.abuse_contact 2\r\n", part(mail, 0));
    }

    @Test
    void attachesFilesMadeByTemplates() throws Exception {
        MimeMessage mail = sent("attachments", List.of(Map.of("content-type", "text/{{ 'csv' }}; charset=utf-8", "text", "ip\n{{ event['source.ip'] }} ü",
                "name", "{{ event['source.ip'] }} ü.csv"), Map.of("text", "no type", "name", "n")));
        assertEquals("ip\n192.0.2.7 ü", part(mail, 1));
        assertEquals("192.0.2.7 ü.csv", ((Multipart) mail.getContent()).getBodyPart(1).getFileName());
        assertTrue(((Multipart) mail.getContent()).getBodyPart(1).getContentType().startsWith("text/csv"));
        assertEquals(2, ((Multipart) mail.getContent()).getCount());
    }

    @Test
    void anEventThatMakesNoMailIsRefused() throws Exception {
        try (TemplatedSmtpOutput nobody = output("mail_to", "{{ event['source.fqdn'] }}"); TemplatedSmtpOutput typeless = output("attachments",
                List.of(Map.of("content-type", "text", "text", "x", "name", "n"))); TemplatedSmtpOutput lines = output("subject", "a\n\nBcc: x@example.com")) {
            for (TemplatedSmtpOutput each : List.of(nobody, typeless, lines)) {
                assertThrows(UndecodableException.class, () -> each.process(event(), new RecordingOutbox()));
            }
        }
        assertEquals(0, server.getReceivedMessages().length);
    }

    @Test
    void refusesWhatIsMissingOrFaultyAtTheStart() {
        assertEquals(List.of("parameter 'mail_from' is not set: expected the sender of mails"),
                ParameterSchema.of(TemplatedSmtpOutput.Params.class).read(Map.of("mail_to", "a@example.com"), Set.of()).problems());
        assertEquals(List.of("parameter 'password' is not set: expected the password of the user in username"),
                ParameterSchema.of(TemplatedSmtpOutput.Params.class).read(Map.of("mail_from", "a@example.com", "mail_to", "a@example.com", "username", "user"),
                        Set.of()).problems());
        String problem = assertThrows(ConfigurationException.class, () -> output("body", "{% if %}")).getMessage();
        assertTrue(problem.startsWith("parameter 'body': the template is faulty: "), problem);
    }
}
