package org.intelmq.server.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.core.ConditionTimeoutException;
import org.intelmq.message.Json;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens, no row is lost and none is in the database or the file twice. {@code mvn verify -Pcrash-matrix}, with {@code -Dkills=125}
 * for a thousand kills, {@code -Dcase=parsing,commit} for some of the cases, {@code -Dseed=1} for other moments.
 */
@Tag("crash-matrix")
class CrashMatrixIT {

    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final long SEED = Long.getLong("seed", 20261125L);
    private static final String ONLY = System.getProperty("case");
    private static final int ROWS = 20_000;
    private static final int FEW = 300;
    private static final int FIRST_PAUSE_MILLIS = 600;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final List<CaseOutcome> OUTCOMES = new ArrayList<>();

    @TempDir
    private static Path folder;
    private static Postgres postgres;

    private record Case(String title, Scene scene) { }

    private interface Scene {
        CaseOutcome play(Path root) throws Throwable;
    }

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        postgres = Postgres.start(folder.resolve("postgres"));
        // a server that ends well leaves what makes later starts fast; a killed one never does
        try (KilledSite first = KilledSite.of(folder.resolve("first"), postgres)) {
            first.start();
            first.server().stop();
        }
    }

    @AfterAll
    static void report() throws IOException {
        postgres.close();
        String table = CaseOutcome.table(OUTCOMES);
        System.out.println(table);
        Files.writeString(Path.of("target/crash-matrix.txt"), table);
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingIsDoubled() {
        Stream<Case> kills = Arrays.stream(Phase.values()).map(phase -> new Case(phase.title(), root -> killed(phase, root)));
        Stream<Case> troubles = Stream.of(
                new Case("database stopped", CrashMatrixIT::databaseStopped),
                new Case("journal disk full", CrashMatrixIT::journalDiskFull),
                new Case("log disk full", CrashMatrixIT::logDiskFull),
                new Case("poison messages", CrashMatrixIT::poisonMessages),
                new Case("web server misbehaves", CrashMatrixIT::webServerMisbehaves),
                new Case("slow consumer", CrashMatrixIT::slowConsumer),
                new Case("clock moved", CrashMatrixIT::clockMoved));
        return Stream.concat(kills, troubles).filter(one -> ONLY == null || List.of(ONLY.split(",")).contains(one.title))
                .map(one -> dynamicTest(one.title, () -> check(one)));
    }

    private static void check(Case one) throws Throwable {
        CaseOutcome outcome = one.scene.play(folder.resolve(one.title.replace(' ', '-')));
        System.out.print(CaseOutcome.table(List.of(outcome)));
        OUTCOMES.add(outcome);
        assertTrue(outcome.isGood(), outcome.toString());
    }

    private static CaseOutcome killed(Phase phase, Path root) throws IOException, SQLException, InterruptedException {
        Random random = new Random(SEED + phase.ordinal());
        int inPhase = 0;
        double span = FIRST_PAUSE_MILLIS;
        try (KilledSite site = KilledSite.of(root, postgres, row -> phase == Phase.DUMP_WRITE && row % 20 == 7, Map.of())) {
            site.start();
            for (int kill = 0; kill < KILLS; kill++) {
                site.stop(phase.held());
                site.feed().add(ROWS);
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(50)).until(() -> phase.isReady(site));
                ConfigurationChange change = new ConfigurationChange(site, random);
                if (phase == Phase.CONFIGURATION_CHANGE) {
                    change.begin();
                }
                site.start(phase.released());
                switch (phase) {
                    case COMMIT -> new CommitWatch(site.root().resolve("var/out/events.txt"), postgres).awaitCommit(random.nextBoolean());
                    case DUMP_WRITE -> {
                        await().atMost(LONG_ENOUGH).until(() -> Files.exists(site.dump("parser")));
                        LockSupport.parkNanos(random.nextInt((int) span) * 1_000_000L);
                    }
                    default -> LockSupport.parkNanos(random.nextInt((int) span) * 1_000_000L);
                }
                if (phase == Phase.CONFIGURATION_CHANGE ? change.isUnderWay() : phase.isUnderWay(site)) {
                    inPhase++;
                } else {
                    // the next pauses are shorter, as this one was too long to hit anything
                    span *= 0.6;
                }
                site.recover();
                if (phase == Phase.CONFIGURATION_CHANGE) {
                    ConfigurationChange.complete(site);
                }
                site.start(KilledSite.BOTS);
                site.awaitDrained();
            }
            return site.outcome(phase.title(), "killed " + KILLS + " times, " + inPhase + " of them in the phase");
        }
    }

    private static CaseOutcome databaseStopped(Path root) throws Throwable {
        try (KilledSite site = KilledSite.of(root, postgres)) {
            site.start();
            for (int time = 0; time < 3; time++) {
                site.feed().add(ROWS);
                int before = postgres.count().rows();
                await().atMost(LONG_ENOUGH).until(() -> postgres.count().rows() > before);
                postgres.stop();
                Path file = root.resolve("var/out/events.txt");
                await().atMost(LONG_ENOUGH).until(() -> NumberedFeed.rowsIn(file).size() == site.feed().rows());
                postgres.start();
                site.recoveredIn(KilledSite.time(site::awaitDrained));
            }
            return site.outcome("database stopped", "3 times; the file was written on meanwhile");
        }
    }

    private static CaseOutcome journalDiskFull(Path root) throws Throwable {
        try (SmallDisk disk = SmallDisk.at(root.resolve("var/lib/broker"), 400); KilledSite site = KilledSite.of(root, postgres)) {
            site.start();
            List<String> held = Phase.PARSING.held();
            site.stop(held);
            site.feed().add(ROWS);
            await().atMost(LONG_ENOUGH).until(() -> Phase.PARSING.isReady(site));
            disk.fill();
            site.start(held);
            site.feed().add(ROWS);
            String remark = "the server waited";
            LockSupport.parkNanos(PATIENCE.toNanos());
            disk.free();
            if (site.server().runs()) {
                try {
                    site.recoveredIn(KilledSite.time(() -> await().atMost(LONG_ENOUGH).until(() -> site.server().hasDrained(site.feed()))));
                } catch (ConditionTimeoutException | IllegalStateException e) {
                    remark = "needed a restart: " + e.getMessage().lines().findFirst().orElse("");
                    site.recover();
                }
            } else {
                remark = "the server ended and was started again";
                site.recover();
            }
            site.awaitDrained();
            return site.outcome("journal disk full", remark);
        }
    }

    private static CaseOutcome logDiskFull(Path root) throws Throwable {
        try (SmallDisk disk = SmallDisk.at(root.resolve("var/log"), 16);
                KilledSite site = KilledSite.of(root, postgres, row -> row % 20 == 7, Map.of())) {
            site.start();
            disk.fill();
            site.feed().add(ROWS / 10);
            LockSupport.parkNanos(PATIENCE.toNanos());
            boolean runs = site.server().runs();
            disk.free();
            if (!runs) {
                site.recover();
            }
            site.recoveredIn(KilledSite.time(site::awaitDrained));
            return site.outcome("log disk full", (runs ? "the server ran on" : "the server ended") + "; all refused rows are in the dump");
        }
    }

    private static CaseOutcome poisonMessages(Path root) throws Throwable {
        int port = ServerProcess.freePort();
        try (KilledSite site = KilledSite.of(root, postgres)) {
            site.start("--jmx-port", String.valueOf(port));
            site.feed().add(ROWS);
            putIntoQueue(root, port, "expert-queue", "{\"source.ip\": ");
            // a valid number for us, too large for the column of IntelMQ's table
            site.server().post("api/v1/queues/database-queue/messages", "{\"__type\": \"Event\", \"source.asn\": 4200000000, \"comment\": \"poison\"}");
            site.feed().add(ROWS);
            site.recoveredIn(KilledSite.time(site::awaitDrained));
            assertTrue(Files.exists(site.dump("expert")), "what cannot be decoded is in the dump");
            assertTrue(Files.readString(site.dump("database")).contains("4200000000"), "what the database refuses is in the dump");
            return site.outcome("poison messages", "2 of them, both in dumps");
        }
    }

    /** Java knows no other address of a JMX server than one of JNDI. */
    @SuppressWarnings("BanJNDI")
    private static void putIntoQueue(Path root, int port, String queue, String body) throws Exception {
        Map<?, ?> server = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")));
        String[] credentials = {(String) server.get("jmx_user"), (String) server.get("token")};
        try (JMXConnector connector = JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"), Map.of(JMXConnector.CREDENTIALS, credentials))) {
            ObjectName name = new ObjectName("org.apache.activemq.artemis:broker=\"intelmq\",component=addresses,address=\"" + queue
                    + "\",subcomponent=queues,routing-type=\"anycast\",queue=\"" + queue + "\"");
            int bytes = 4;
            connector.getMBeanServerConnection().invoke(name, "sendMessage",
                    new Object[] {Map.of(), bytes, Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)), true, null, null},
                    new String[] {Map.class.getName(), "int", String.class.getName(), "boolean", String.class.getName(), String.class.getName()});
        }
    }

    private static CaseOutcome webServerMisbehaves(Path root) throws Throwable {
        try (UnreliableWebServer web = new UnreliableWebServer(); KilledSite site = KilledSite.of(root, postgres)) {
            site.edit(yaml -> yaml + """
                    web:
                      group: Collector
                      module: intelmq.bots.collectors.http.collector_http
                      parameters: {http_url: "http://127.0.0.1:%d/feed.csv", http_timeout_sec: 1, rate_limit: 1,
                        destination_queues: {_default: [parser-queue]}}
                    """.formatted(web.port()));
            site.start();
            for (UnreliableWebServer.Manner manner : List.of(UnreliableWebServer.Manner.HANGING, UnreliableWebServer.Manner.DRIPPING,
                    UnreliableWebServer.Manner.ENDLESS)) {
                web.behave(manner);
                site.feed().add(ROWS);
                // an answer without end is written to disk up to a limit
                int tries = manner == UnreliableWebServer.Manner.ENDLESS ? 1 : 3;
                await("the collector gives up and tries again").atMost(LONG_ENOUGH).until(() -> web.badAnswers() > tries);
                site.awaitDrained();
                web.offer(site.feed().text(FEW));
                site.recoveredIn(KilledSite.time(() -> await().atMost(LONG_ENOUGH)
                        .untilAsserted(() -> assertEquals(site.feed().rows(), postgres.count().distinct()))));
            }
            site.awaitDrained();
            return site.outcome("web server misbehaves", "hangs, drips, answers without end");
        }
    }

    private static CaseOutcome slowConsumer(Path root) throws Throwable {
        Set<Integer> posted = ConcurrentHashMap.newKeySet();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.setExecutor(Executors.newSingleThreadExecutor());
        slow.createContext("/", exchange -> {
            posted.add(NumberedFeed.rowIn(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            LockSupport.parkNanos(2_000_000);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slow.start();
        try (KilledSite site = KilledSite.of(root, postgres)) {
            site.edit(yaml -> yaml.replace("[file-queue, database-queue]", "[file-queue, database-queue, slow-queue]") + """
                    slow:
                      group: Output
                      module: intelmq.bots.outputs.restapi.output
                      parameters: {host: "http://127.0.0.1:%d/"}
                    """.formatted(slow.getAddress().getPort()));
            site.start();
            site.feed().add(ROWS / 2);
            await().atMost(LONG_ENOUGH).until(() -> postgres.count().distinct() == site.feed().rows());
            long behind = site.waiting("slow-queue");
            site.recoveredIn(KilledSite.time(site::awaitDrained));
            CaseOutcome outcome = site.outcome("slow consumer", behind + " events waited when all else was done");
            int lost = site.feed().rows() - posted.size();
            return lost == 0 ? outcome : new CaseOutcome(outcome.what(), outcome.attempted(), posted.size(), lost, outcome.doubled(),
                    outcome.recovered(), outcome.remark());
        } finally {
            slow.stop(0);
        }
    }

    private static CaseOutcome clockMoved(Path root) throws Throwable {
        ProcessClock clock = ProcessClock.in(root);
        try (KilledSite site = KilledSite.of(root, postgres, row -> false, clock.environment())) {
            site.edit(yaml -> yaml.replace("taxonomy.expert\n  parameters: {", "taxonomy.expert\n  parameters: {rate_limit: 0.005, "));
            site.start();
            for (int hours : new int[] {0, -24, 48, -1}) {
                site.feed().add(FEW);
                await().atMost(LONG_ENOUGH).until(() -> site.waiting("expert-queue") > 0);
                clock.move(Duration.ofHours(hours));
                site.feed().add(FEW);
                site.recoveredIn(KilledSite.time(site::awaitDrained));
            }
            site.feed().add(FEW);
            await().atMost(LONG_ENOUGH).until(() -> site.waiting("expert-queue") > 0);
            site.server().kill();
            clock.move(Duration.ofDays(3));
            site.recover();
            site.awaitDrained();
            return site.outcome("clock moved", "a day back, three on, two back, three on while the server is down; with a rate limit");
        }
    }
}
