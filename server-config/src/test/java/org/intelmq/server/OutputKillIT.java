package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.intelmq.server.outside.Arrivals;
import org.intelmq.server.outside.HttpsProxy;
import org.intelmq.server.outside.MailServer;
import org.intelmq.server.outside.Watchlists;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.TlsKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed while it mails and fills a watchlist. Nothing is lost. A mail that was on its way comes again under its Message-ID,
 * since its server had told nobody; a watchlist is a set.
 */
@EnabledIfSystemProperty(named = "collector.kills", matches = "[1-9]\\d*")
class OutputKillIT {

    private static final int ROWS = 200;
    private static final int KILLS = Integer.getInteger("collector.kills", 1);
    private static final long SEED = Long.getLong("seed", 20261130L);
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);

    @TempDir
    private Path root;

    @Test
    void losesNothingAndMailsTwiceOnlyWhatWasOnItsWay() throws Exception {
        try (MailServer mails = new MailServer(); Watchlists lists = new Watchlists(TlsKeys.in(root).context());
                HttpsProxy proxy = new HttpsProxy(lists.port())) {
            configure(mails.smtpPort(), proxy.url());
            lists.values().holdAt(ROWS / 4);
            NumberedFeed feed = new NumberedFeed(root);
            feed.add(ROWS / 2);
            Random random = new Random(SEED);
            for (int life = 0; life < KILLS; life++) {
                try (ServerProcess server = ServerProcess.start(root)) {
                    if (life == 0) {
                        await().atMost(LONG_ENOUGH).until(() -> lists.values().holds() && mails.handedIn().size() > ROWS / 10);
                    } else {
                        LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
                    }
                    server.kill();
                }
                lists.values().open();
            }
            feed.add(ROWS - ROWS / 2);
            try (ServerProcess server = ServerProcess.start(root)) {
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(500)).until(() -> server.hasDrained(feed));
                assertEquals(0, server.stop());
            }
            check(mails, lists);
        }
    }

    private static void check(MailServer mails, Watchlists lists) throws MessagingException {
        Arrivals events = new Arrivals();
        Arrivals identities = new Arrivals();
        for (MimeMessage mail : mails.handedIn()) {
            events.arrived(mail.getSubject());
            identities.arrived(mail.getMessageID());
        }
        System.out.printf("killed %d times%nsmtp   %5d mails, lost %d, doubled %d, all under the same Message-ID%nmcafee %5d values, lost %d, came again %d%n",
                KILLS, ROWS, ROWS - events.distinct(), events.doubled(), ROWS, ROWS - lists.values().distinct(), lists.values().doubled());
        assertEquals(ROWS, events.distinct(), "events that a mail was sent about");
        assertEquals(ROWS, identities.distinct(), "a mail that comes again has its Message-ID");
        assertTrue(events.doubled() <= KILLS, "more than the mails that were on their way came again: " + events.doubled());
        assertEquals(ROWS, lists.values().distinct(), "values of the watchlist");
        assertEquals(List.of(), lists.faults());
    }

    private void configure(int smtpPort, String proxy) throws IOException {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                files: {group: Collector, module: intelmq.bots.collectors.file.collector_file, parameters: {path: %1$s/var/in, postfix: .csv, delete_file: true,
                  rate_limit: 1, destination_queues: {_default: [rows-queue]}}}
                rows: {group: Parser, module: intelmq.bots.parsers.generic.parser_csv, parameters: {columns: [source.ip, source.port, comment],
                  skip_header: true, default_fields: {classification.type: scanner}, destination_queues: {_default: [mail-queue, list-queue]}}}
                mail: {group: Output, module: intelmq.bots.outputs.smtp.output, parameters: {smtp_host: 127.0.0.1, smtp_port: %2$d, starttls: false,
                  mail_from: cert@example.org, mail_to: abuse@example.org, subject: 'About {ev[comment]}'}}
                list: {group: Output, module: intelmq.bots.outputs.mcafee.output_esm_ip, parameters: {esm_ip: esm.example, esm_password: secret,
                  esm_watchlist: %4$s, field: comment, https_proxy: '%3$s', http_verify_cert: false}}
                """.formatted(root, smtpPort, proxy, Watchlists.NAME));
    }
}
