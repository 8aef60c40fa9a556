package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intelmq.server.outside.Arrivals;
import org.intelmq.server.outside.MailServer;
import org.intelmq.server.outside.SearchServer;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From mails with reports in attached archives to a mail about each event and to OpenSearch, on a server that is killed while both are
 * written. A mail that was handed in just before the kill may come once more, under the same Message-ID: its server has told nobody.
 */
class MailPipelineIT {

    private static final int ROWS = 100;
    private static final int MAILS_BEFORE_THE_KILL = 20;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @TempDir
    private Path root;

    @Test
    void eachEventIsMailedOnceAndFoundOnce() throws IOException, MessagingException {
        try (MailServer mails = new MailServer(); SearchServer search = new SearchServer("events", document -> (String) document.get("source_ip"))) {
            search.documents().holdAt(1);
            configure(mails, search);
            deliver(mails, 0);
            try (ServerProcess server = ServerProcess.start(root)) {
                await().atMost(LONG_ENOUGH).until(() -> search.documents().holds() && mails.handedIn().size() >= MAILS_BEFORE_THE_KILL);
                server.kill();
            }
            search.documents().open();
            int before = mails.handedIn().size();
            deliver(mails, 1);
            String log;
            try (ServerProcess server = ServerProcess.start(root)) {
                await().atMost(LONG_ENOUGH).until(() -> mails.unread() == 0 && server.queues().values().stream().allMatch(length -> length == 0));
                assertEquals(0, server.stop());
                log = Files.readString(root.resolve("var/log/mail-output.log"));
            }
            check(mails.handedIn(), before, log);
            System.out.printf("OpenSearch: %d events, lost %d, doubled %d%n", 2 * ROWS, 2 * ROWS - search.documents().distinct(), search.documents().doubled());
            assertEquals(List.of(), search.faults());
            assertEquals(2 * ROWS, search.documents().distinct(), "documents");
            assertEquals(0, search.documents().doubled(), "documents that are there twice");
        }
    }

    private static void check(List<MimeMessage> mails, int before, String log) throws MessagingException, IOException {
        Arrivals ids = new Arrivals();
        Arrivals events = new Arrivals();
        for (MimeMessage mail : mails) {
            ids.arrived(mail.getMessageID());
            if (events.has(mail.getSubject())) {
                assertTrue(log.contains("The mail " + mail.getMessageID() + " to [abuse@example.net] may have been sent already"), log);
            }
            events.arrived(mail.getSubject());
            assertEquals("abuse@example.net", mail.getAllRecipients()[0].toString());
            String text = (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
            assertEquals("telnet of " + mail.getSubject().substring("Found ".length()) + " is vulnerable", text.strip());
        }
        System.out.printf("killed after %d of %d mails: lost %d, doubled %d under the same Message-ID%n", before, 2 * ROWS, 2 * ROWS - events.distinct(),
                ids.doubled());
        assertTrue(before < ROWS, "killed while mails were sent, not after them");
        assertEquals(2 * ROWS, events.distinct(), "events that a mail was sent about");
        assertEquals(events.distinct(), ids.distinct(), "an event's mails have one Message-ID");
        assertTrue(ids.doubled() <= 1, "more than the mail that was on its way was sent again: " + ids.doubled());
    }

    private static void deliver(MailServer mails, int number) throws MessagingException, IOException {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(row -> "\"2026-05-17 01:02:03\",\"198.51." + (100 + number) + "." + row + "\",\"23\",\"tcp\"\n").collect(Collectors.joining());
        mails.deliver("Report " + number, "report-" + number + ".csv.zip", "2026-05-17-test_telnet-country-at.csv",
                "\"timestamp\",\"ip\",\"port\",\"protocol\"\n" + rows);
    }

    private void configure(MailServer mails, SearchServer search) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/modify.conf"), """
                [{"rulename": "contact", "if": {"classification.type": "vulnerable-system"}, "then": {"source.abuse_contact": "abuse@example.net"}}]
                """);
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                mails:
                  group: Collector
                  module: intelmq.bots.collectors.mail.collector_mail_attach
                  parameters: {name: Telnet, mail_host: 127.0.0.1, mail_port: %2$d, mail_ssl: false, mail_user: %4$s, mail_password: %5$s,
                    attach_regex: 'csv.zip$', extract_files: true, subject_regex: '^Report', rate_limit: 1, destination_queues: {_default: [reports-queue]}}
                reports:
                  group: Parser
                  module: intelmq.bots.parsers.shadowserver.parser
                  parameters: {test_mode: true, destination_queues: {_default: [unique-queue]}}
                unique:
                  group: Expert
                  module: intelmq.bots.experts.deduplicator.expert
                  parameters: {filter_keys: 'raw, time.observation', destination_queues: {_default: [contact-queue]}}
                contact:
                  group: Expert
                  module: intelmq.bots.experts.modify.expert
                  parameters: {configuration_path: %1$s/etc/modify.conf, destination_queues: {_default: [mail-output-queue, search-queue]}}
                mail-output:
                  group: Output
                  module: intelmq.bots.outputs.templated_smtp.output
                  parameters: {smtp_host: 127.0.0.1, smtp_port: %3$d, mail_from: cert@example.org, mail_to: "{{ event['source.abuse_contact'] }}",
                    subject: "Found {{ event['source.ip'] }}",
                    body: "{{ event['protocol.application'] }} of {{ event['source.ip'] }} is {{ event['classification.taxonomy'] }}"}
                search:
                  group: Output
                  module: intelmq.bots.outputs.elasticsearch.output
                  parameters: {elastic_port: %6$d, elastic_index: events, replacement_char: _}
                """.formatted(root, mails.imapPort(), mails.smtpPort(), MailServer.USER, MailServer.PASSWORD, search.port()));
    }
}
