package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intelmq.server.outside.Arrivals;
import org.intelmq.server.outside.EndlessSource;
import org.intelmq.server.outside.HttpsProxy;
import org.intelmq.server.outside.MailServer;
import org.intelmq.server.outside.PolledServices;
import org.intelmq.server.outside.TicketDesk;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.TlsKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed while it collects from those who keep what they offer (a mailbox, tickets, files, indicators) and from those who say
 * everything once. Of the former nothing is lost, and doubled in a file only what a poll brings again under its identity, which a database
 * looks at; of the latter is lost what was on its way, and nothing doubled.
 */
@EnabledIfSystemProperty(named = "collector.kills", matches = "[1-9]\\d*")
class CollectorKillIT {

    private static final int ITEMS = 60;
    private static final int KILLS = Integer.getInteger("collector.kills", 1);
    private static final long SEED = Long.getLong("seed", 20261129L);
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final int SAID_BEFORE_THE_KILL = 50;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);
    private static final Duration ANOTHER_POLL = Duration.ofSeconds(3);
    private static final Pattern NAME = Pattern.compile("item-([a-z]+)-(\\d+)");
    private static final List<String> KEPT = List.of("mail", "body", "url", "rt", "github", "shadow", "taxii", "otx", "blueliv", "fireeye", "misp", "azure",
            "interflow", "eset", "rsync");
    /** What parsers of these want is a name. */
    private static final List<String> NAMES = List.of("otx", "blueliv", "misp");
    /** Come again with each poll, or when they could not be marked, under the same identity, which a file does not look at. */
    private static final List<String> AGAIN = List.of("rt", "taxii", "misp");
    /** Offer the same with each poll, and each start begins with one. A poll is taken whole or not at all. */
    private static final List<String> POLLED = List.of("otx", "blueliv", "fireeye", "eset", "rsync", "github");
    private static final List<String> SAID_ONCE = List.of("lines", "shodan", "alert", "cert");

    @TempDir
    private Path root;

    private static String row(String source, int number) {
        return "192.0.2." + number % 256 + ",80,item-" + source + '-' + number;
    }

    private static String offer(String service, int number) {
        if (NAMES.contains(service)) {
            return "item-" + service + '-' + number + ".example.net";
        }
        return service.equals("taxii") ? """
                {"type": "indicator", "id": "indicator--%1$d", "modified": "2026-01-01T00:00:00Z", "valid_from": "2026-01-01T00:00:00Z", "pattern_type": "stix",
                 "pattern": "[domain-name:value = 'item-taxii-%1$d.example.net']"}""".formatted(number) : row(service, number) + '\n';
    }

    private static String certificate(int number) {
        return """
                {"message_type": "certificate_update", "data": {"seen": 1715940123.4, "leaf_cert": {"all_domains": ["item-cert-%d.example.net"]}}}"""
                .formatted(number);
    }

    @Test
    void keepsWhatSourcesKeepAndDoublesNothing() throws Exception {
        try (MailServer mails = new MailServer(); TicketDesk tickets = new TicketDesk(ITEMS, number -> row("rt", number) + '\n');
                PolledServices services = new PolledServices(ITEMS, CollectorKillIT::offer, TlsKeys.in(root).context());
                HttpsProxy proxy = new HttpsProxy(services.port());
                EndlessSource lines = new EndlessSource(number -> row("lines", number));
                EndlessSource hosts = new EndlessSource(number -> row("shodan", number));
                EndlessSource alerts = new EndlessSource(number -> row("alert", number));
                EndlessSource certificates = new EndlessSource(CollectorKillIT::certificate)) {
            for (int number = 0; number < ITEMS; number++) {
                mails.deliver("Report " + number, "rows.csv.zip", "rows.csv", row("mail", number) + '\n');
                mails.deliver("Text " + number, row("body", number) + '\n');
                mails.deliver("Link " + number, "Your report is ready: https://links.example/" + number + '\n');
            }
            Files.writeString(Files.createDirectories(root.resolve("rsync")).resolve("rows.csv"),
                    IntStream.range(0, ITEMS).mapToObj(number -> row("rsync", number) + '\n').collect(Collectors.joining()));
            configure(Map.ofEntries(Map.entry("IMAP", mails.imapPort()), Map.entry("RT", tickets.url()), Map.entry("PROXY", proxy.url()),
                    Map.entry("LINES", lines.port()), Map.entry("SHODAN", hosts.port()), Map.entry("ALERT", alerts.port()),
                    Map.entry("CERT", certificates.port()), Map.entry("ROOT", root), Map.entry("USER", MailServer.USER),
                    Map.entry("PASSWORD", MailServer.PASSWORD)));
            List<EndlessSource> endless = List.of(lines, hosts, alerts, certificates);
            tickets.marked().holdAt(ITEMS / 3);
            services.fetched().holdAt(ITEMS / 2);
            live(tickets, services, endless);
            int[] beforeTheLast = endless.stream().mapToInt(EndlessSource::said).toArray();
            try (ServerProcess server = ServerProcess.start(root)) {
                for (int each = 0; each < beforeTheLast.length; each++) {
                    EndlessSource source = endless.get(each);
                    int enough = beforeTheLast[each] + SAID_BEFORE_THE_KILL;
                    await().atMost(LONG_ENOUGH).until(() -> source.said() > enough);
                    source.end();
                }
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                    assertEquals(List.of(), missing(), () -> server.queues() + "\n" + server.log());
                    assertEquals(0, mails.unread(), "unread mails");
                });
                // what is offered again is collected again by then, if it is at all
                LockSupport.parkNanos(ANOTHER_POLL.toNanos());
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofSeconds(1)).until(() -> server.queues().values().stream().allMatch(length -> length == 0)
                        && SAID_ONCE.stream().allMatch(source -> has(source, endless.get(SAID_ONCE.indexOf(source)).said() - 1)));
                assertEquals(0, server.stop());
            }
            check(endless);
            assertEquals(List.of(), Stream.of(tickets.faults(), services.faults()).flatMap(List::stream).toList());
        }
    }

    /** Several short lives: the first ends while tickets are marked, files fetched and lines said, the others anywhere. */
    private void live(TicketDesk tickets, PolledServices services, List<EndlessSource> endless) throws IOException {
        Random random = new Random(SEED);
        for (int life = 0; life < KILLS; life++) {
            try (ServerProcess server = ServerProcess.start(root)) {
                if (life == 0) {
                    await().atMost(LONG_ENOUGH).until(() -> tickets.marked().holds() && services.fetched().holds()
                            && endless.stream().allMatch(source -> source.said() > SAID_BEFORE_THE_KILL));
                } else {
                    LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
                }
                server.kill();
            }
            tickets.marked().open();
            services.open();
        }
    }

    private List<String> missing() {
        return KEPT.stream().map(source -> source + ": " + arrived(source).distinct()).filter(found -> !found.endsWith(": " + ITEMS)).toList();
    }

    private boolean has(String source, int number) {
        return arrived(source).has(String.valueOf(number));
    }

    private Arrivals arrived(String source) {
        Arrivals found = new Arrivals();
        Path file = root.resolve("var/out/events.json");
        if (Files.exists(file)) {
            try (Stream<String> written = Files.lines(file)) {
                written.map(NAME::matcher).filter(Matcher::find).filter(name -> name.group(1).equals(source)).forEach(name -> found.arrived(name.group(2)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** Identities are looked at there. */
    private Arrivals inDatabase(String source) throws SQLException {
        Arrivals found = new Arrivals();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(\"comment\", \"source.fqdn\", \"source.url\") FROM events")) {
            while (rows.next()) {
                Matcher name = NAME.matcher(rows.getString(1));
                if (name.find() && name.group(1).equals(source)) {
                    found.arrived(name.group(2));
                }
            }
        }
        return found;
    }

    private void check(List<EndlessSource> endless) throws SQLException {
        List<String> table = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String source : Stream.concat(KEPT.stream(), SAID_ONCE.stream()).toList()) {
            Arrivals found = arrived(source);
            boolean keeps = KEPT.contains(source);
            int lost = (keeps ? ITEMS : endless.get(SAID_ONCE.indexOf(source)).said()) - found.distinct();
            Arrivals rows = inDatabase(source);
            int whole = POLLED.contains(source) ? found.doubled() / ITEMS : 0;
            int doubled = found.doubled() - whole * ITEMS;
            int doubledRows = rows.doubled() - whole * ITEMS;
            table.add("%-9s %5d items, lost %d, doubled %d, doubled in the database %d%s".formatted(source, found.distinct() + lost, lost, doubled, doubledRows,
                    !keeps ? ", said once and not acknowledged" : whole > 0 ? ", polled " + (whole + 1) + " times" : ""));
            boolean isDoubled = doubled != 0 && !AGAIN.contains(source) || doubledRows != 0 || whole > KILLS;
            if (keeps && lost != 0 || isDoubled || rows.distinct() != found.distinct()) {
                wrong.add(table.get(table.size() - 1));
            }
        }
        System.out.println("killed " + KILLS + " times\n" + String.join("\n", table));
        assertEquals(List.of(), wrong);
    }

    private void configure(Map<String, Object> places) throws IOException {
        Files.createDirectories(root.resolve("var/out"));
        String text;
        try (var in = CollectorKillIT.class.getResourceAsStream("collector-kill.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, Object> place : places.entrySet()) {
            text = text.replace("$" + place.getKey() + "$", place.getValue().toString());
        }
        Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("runtime.yaml"), text);
    }
}
