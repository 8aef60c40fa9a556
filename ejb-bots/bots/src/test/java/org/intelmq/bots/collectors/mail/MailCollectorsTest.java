package org.intelmq.bots.collectors.mail;

import static org.intelmq.bots.collectors.mail.ImapServer.mixed;
import static org.intelmq.bots.collectors.mail.ImapServer.multipart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCollectorsTest {

    private static final Tick TICK = new Tick(TestContext.NOW);
    private static final String CSV = "ip,time\n192.0.2.1,2026-01-02\n";

    private final ImapServer server = new ImapServer();
    private final TestContext context = new TestContext();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String attached(String name, byte[] content) {
        return "Content-Type: application/octet-stream; name=\"" + name + "\"\nContent-Disposition: attachment; filename=\"" + name
                + "\"\nContent-Transfer-Encoding: base64\n\n" + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content);
    }

    private static byte[] zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static RecordingOutbox run(Bot<Tick> collector) throws Exception {
        RecordingOutbox out = new RecordingOutbox();
        collector.process(TICK, out);
        return out;
    }

    private static List<String> raw(RecordingOutbox out) {
        return out.sent().stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    private MailBodyCollector bodies(Object... namesAndValues) {
        return new MailBodyCollector(server.parameters(MailBodyCollector.Params.class, namesAndValues), context);
    }

    private MailUrlCollector links(Object... namesAndValues) {
        return new MailUrlCollector(server.parameters(MailUrlCollector.Params.class, namesAndValues), context);
    }

    private MailAttachmentCollector attachments(Object... namesAndValues) {
        return new MailAttachmentCollector(server.parameters(MailAttachmentCollector.Params.class, namesAndValues), context);
    }

    @Test
    void aMailIsMarkedOnceItsReportsAreSafe() throws Exception {
        server.deliver("Report of today", "text/plain; charset=utf-8", "\nGrüße\n");
        try (MailBodyCollector collector = bodies()) {
            RecordingOutbox out = run(collector);
            assertEquals(List.of("Grüße\r\n"), raw(out));
            assertEquals("sender@example.com", out.sent().get(0).get("extra.email_from"));
            assertEquals("Fri, 02 Jan 2026 03:04:05 +0100", out.sent().get(0).get("extra.email_date"));
            assertEquals(List.of(false), server.seen("INBOX"));
            out.commit();
            assertEquals(List.of(true), server.seen("INBOX"));
            assertEquals(List.of(), raw(run(collector)));
        }
    }

    @Test
    void aMailThatACrashKeptFromBeingMarkedIsMarkedAndNotCollectedAgain() throws Exception {
        server.deliver("a", "text/plain", "\none\n");
        // committed, its state too, and then killed before the mark
        assertEquals(List.of("one\r\n"), raw(run(bodies())));
        try (MailBodyCollector restarted = bodies()) {
            RecordingOutbox out = run(restarted);
            assertEquals(List.of(), raw(out));
            out.commit();
            assertEquals(List.of(true), server.seen("INBOX"));
            // an operator wants it once more
            server.markUnread();
            assertEquals(List.of("one\r\n"), raw(run(restarted)));
        }
    }

    @Test
    void aDeliveryThatIsRolledBackMarksNothing() throws Exception {
        server.deliver("a", "text/plain", "\none\n");
        try (MailBodyCollector collector = bodies()) {
            run(collector).rollBack();
            assertEquals(List.of(false), server.seen("INBOX"));
        }
    }

    @Test
    void oneBadMailCostsItselfAlone() throws Exception {
        server.deliver("bad", mixed(), multipart(attached("a.csv.zip", "PK broken".getBytes(StandardCharsets.UTF_8))))
                .deliver("good", mixed(), multipart("Content-Type: text/plain\n\nsee attachment", attached("b.csv.zip", zip("b.csv", CSV))));
        try (MailAttachmentCollector collector = attachments()) {
            RecordingOutbox out = run(collector);
            out.commit();
            assertEquals(List.of(CSV), raw(out));
            assertEquals("b.csv", out.sent().get(0).get("extra.file_name"));
            assertEquals(List.of(false, true), server.seen("INBOX"));
            assertEquals(1, out.rejected().size());
            Message part = out.rejected().get(0).part();
            assertEquals("PK broken", new String(Base64.getDecoder().decode(part.text(Fields.RAW)), StandardCharsets.UTF_8));
            assertTrue(out.rejected().get(0).reason().getMessage().contains("\"bad\" cannot be used: attachment a.csv.zip cannot be used: "));
            assertEquals(List.of(), run(collector).rejected());
        }
    }

    @Test
    void attachmentsAreFoundHoweverTheyAreNamed() throws Exception {
        server.deliver("Names", mixed(), multipart("Content-Type: text/csv\nContent-Disposition: attachment; filename*=utf-8''Pr%C3%BCfung.csv\n\n" + CSV,
                "Content-Type: text/csv; name=\"=?utf-8?Q?=C3=9Cbersicht=2Ecsv?=\"\nContent-Disposition: attachment\n\n" + CSV,
                "Content-Type: application/octet-stream; name=plain.csv\n\n" + CSV, "Content-Type: text/csv\nContent-Disposition: attachment\n\nno name"));
        try (MailAttachmentCollector collector = attachments("attach_regex", "csv$")) {
            assertEquals(List.of("Prüfung.csv", "Übersicht.csv", "plain.csv"),
                    run(collector).sent().stream().map(report -> report.get("extra.file_name")).toList());
        }
    }

    @Test
    void looksOnlyAtMailsThatAreWanted() throws Exception {
        server.deliver("first part\n second part", "text/plain", "\nfolded\n").deliver("other", "text/plain", "\nother\n")
                .deliver("Feeds", "From: a@example.com\nTo: b@example.com\nSubject: =?utf-8?B?UHLDvGZiZXJpY2h0?=\n\nin the folder\n");
        try (MailBodyCollector folded = bodies("subject_regex", "first part second part");
                MailBodyCollector folder = bodies("folder", "Feeds", "subject_regex", "Prüfbericht", "sender_regex", "^a@");
                MailBodyCollector nobody = bodies("sender_regex", "^a@");
                MailBodyCollector searched = bodies("sent_from", "elsewhere@example.com")) {
            assertEquals(List.of("folded\r\n"), raw(run(folded)));
            assertEquals(List.of("in the folder\r\n"), raw(run(folder)));
            assertEquals(List.of(), raw(run(nobody)));
            assertEquals(List.of(), raw(run(searched)));
        }
    }

    @Test
    void mailsAreMovedOrDeletedIfAsked() throws Exception {
        server.deliver("a", "text/plain", "\none\n");
        try (MailBodyCollector moving = bodies("mail_afterwards", "move", "mail_move_to", "Collected");
                MailBodyCollector deleting = bodies("folder", "Collected", "mail_afterwards", "delete")) {
            run(moving).commit();
            assertEquals(List.of(), server.seen("INBOX"));
            assertEquals(1, server.seen("Collected").size());
            assertEquals(List.of(), raw(run(deleting)));
        }
        server.deliver("b", "text/plain", "\ntwo\n");
        try (MailBodyCollector deleting = bodies("mail_afterwards", "delete")) {
            run(deleting).commit();
            assertEquals(List.of(), server.seen("INBOX"));
        }
    }

    @Test
    void aMailWithTooManyPartsIsSetAside() throws Exception {
        server.deliver("deep", mixed(), multipart("Content-Type: text/plain\n\nx\n--B\n".repeat(1001)));
        try (MailBodyCollector collector = bodies()) {
            RecordingOutbox out = run(collector);
            assertEquals(List.of(), raw(out));
            assertTrue(out.rejected().get(0).reason().getMessage().contains("it has more than 1000 parts"), out.rejected().get(0).reason()::getMessage);
        }
    }

    @Test
    void followsLinksAndTriesAgainWhatIsAway() throws Exception {
        server.deliver("link", "text/plain", "\nDear team,\nhttps://reports.example.com/a.csv\n");
        CannedHttp http = new CannedHttp().at("https://reports.example.com/a.csv", 503, new byte[0]);
        context.http(http);
        try (MailUrlCollector collector = links("url_regex", "https://\\S+", "chunk_size", 20)) {
            run(collector).commit();
            assertEquals(List.of(false), server.seen("INBOX"));
            http.at("https://reports.example.com/a.csv", 200, CSV.getBytes(StandardCharsets.UTF_8), "Content-Disposition",
                    "attachment; filename=\"named.csv\"");
            RecordingOutbox out = run(collector);
            out.commit();
            assertEquals(List.of(CSV), raw(out));
            assertEquals("named.csv", out.sent().get(0).get("extra.file_name"));
            assertEquals("https://reports.example.com/a.csv", out.sent().get(0).get("feed.url"));
            assertEquals(List.of(true), server.seen("INBOX"));
        }
    }

    @Test
    void aLinkThatDoesNotExistIsToldOfAndTheMailIsMarked() throws Exception {
        server.deliver("link", "text/plain", "\nhttps://reports.example.com/gone.csv\n");
        context.http(new CannedHttp().at("https://reports.example.com/gone.csv", 404, new byte[0]));
        try (MailUrlCollector stopping = links("url_regex", "https://\\S+", "error_procedure", "stop");
                MailUrlCollector passing = links("url_regex", "https://\\S+")) {
            run(stopping).commit();
            assertEquals(List.of(false), server.seen("INBOX"));
            run(passing).commit();
            assertEquals(List.of(true), server.seen("INBOX"));
        }
    }

    @Test
    void certificatesAreChecked(@TempDir Path directory) throws Exception {
        server.deliver("a", "text/plain", "\none\n");
        try (MailBodyCollector strict = bodies("mail_ssl", true, "mail_port", server.tlsPort());
                MailBodyCollector trusting = bodies("mail_ssl", true, "mail_port", server.tlsPort(), "http_verify_cert", false)) {
            assertThrows(UnavailableException.class, () -> run(strict));
            assertEquals(List.of("one\r\n"), raw(run(trusting)));
        }
        Path missing = directory.resolve("none.pem");
        assertTrue(assertThrows(ConfigurationException.class, () -> bodies("ssl_ca_certificate", missing.toString())).getMessage()
                .startsWith("parameter 'ssl_ca_certificate' cannot be \"" + missing + "\": "));
    }

    @Test
    void waitsForAServerThatIsAwayOrLetsItNotIn() throws Exception {
        try (MailBodyCollector wrong = bodies("mail_password", "wrong");
                MailBodyCollector folder = bodies("folder", "Nope");
                MailBodyCollector away = bodies()) {
            assertTrue(assertThrows(UnavailableException.class, () -> run(wrong)).getMessage().contains("does not let user 'cert' log in"));
            assertTrue(assertThrows(UnavailableException.class, () -> run(folder)).getMessage().contains("has no folder 'Nope'"));
            server.stopServing();
            assertThrows(UnavailableException.class, () -> run(away));
        }
    }

    @Test
    void refusesFaultyParametersAtTheStart() {
        assertThrows(ConfigurationException.class, () -> bodies("content_types", "xml"));
        assertThrows(ConfigurationException.class, () -> bodies("subject_regex", "("));
        assertThrows(ConfigurationException.class, () -> attachments("attach_regex", "["));
    }

    @Test
    void waitsForMemoryThatOthersHave() throws Exception {
        server.deliver("zipped", mixed(), multipart(attached("b.csv.zip", zip("b.csv", CSV))));
        long all = SharedMemory.OF_SERVER.most();
        try (MailAttachmentCollector collector = attachments()) {
            assertTrue(SharedMemory.OF_SERVER.tryTake(all, all), "others have given back what they took");
            RecordingOutbox out = run(collector);
            out.commit();
            assertEquals(List.of(), out.sent());
            assertEquals(List.of(), out.rejected());
            assertEquals(List.of(false), server.seen("INBOX"));
            SharedMemory.OF_SERVER.giveBack(all);
            assertEquals(List.of(CSV), raw(run(collector)));
            assertTrue(SharedMemory.OF_SERVER.tryTake(all, all), "all is given back");
            SharedMemory.OF_SERVER.giveBack(all);
        }
    }

    @Test
    void anAnswerWithoutEndIsNotCollected() throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket client = endless.accept()) {
                    byte[] line = "* OK there is more to come\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
                    while (true) {
                        client.getOutputStream().write(line);
                    }
                } catch (IOException e) {
                    // the client has had enough
                }
            }, "endless-imap");
            thread.setDaemon(true);
            thread.start();
            MailBodyCollector.Params params = Parameters.of(MailBodyCollector.Params.class, "mail_host", "localhost", "mail_port", endless.getLocalPort(),
                    "mail_ssl", false, "mail_user", "cert", "mail_password", "secret");
            try (MailBodyCollector collector = new MailBodyCollector(params, context)) {
                String problem = assertThrows(UnavailableException.class, () -> run(collector)).getMessage();
                assertTrue(problem.contains("it answered with more than"), problem);
            }
        }
    }
}
