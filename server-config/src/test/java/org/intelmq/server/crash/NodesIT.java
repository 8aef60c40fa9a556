package org.intelmq.server.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.intelmq.server.outside.ArtemisServer;
import org.intelmq.server.outside.Networks;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several servers on one pipeline, with a pair of brokers and a PostgreSQL, each server and broker in a network of its own: one is killed, the
 * broker is killed, one is cut off for 30 s and comes back. During the faults each row comes twice, and the servers' common memory lets it pass
 * once. What the same work costs on one, two, … of them is measured before that. Their configuration is changed on one while another is down: a
 * bot that one server runs for all comes in, and what that costs is measured, too.
 * {@code -Dnodes=3} says how many servers; without it the test is left out, as it takes minutes.
 */
@EnabledIfSystemProperty(named = "nodes", matches = "[2-9]")
class NodesIT {

    private static final int SERVERS = Integer.getInteger("nodes", 2);
    private static final int FILES = 60;
    private static final int ROWS = 500;
    /** After these, a server's JIT has compiled most of what it will. */
    private static final int WARM_UP_FILES_EACH = 150;
    private static final int MEASURED_FILES = 200;
    private static final Duration CUT_OFF = Duration.ofSeconds(30);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(6);
    private static final String PORT = ":61616";

    @TempDir
    private Path root;
    private final List<KilledSite> sites = new ArrayList<>();
    private final List<String> table = new ArrayList<>();
    private Postgres database;
    private NumberedFeed feed;
    private Map<String, String> environment;
    private ArtemisServer active;
    private ArtemisServer backup;

    private static final class KilledSite {

        private final String name;
        private final Networks.Host host;
        private final Path root;
        private ServerProcess server;

        private KilledSite(String name, Networks.Host host, Path root) {
            this.name = name;
            this.host = host;
            this.root = root;
        }
    }

    @Test
    void losesAndDoublesNothing() throws IOException, SQLException, InterruptedException {
        Networks made = null;
        try {
            made = Networks.make();
        } catch (IOException e) {
            Assumptions.abort("left out, as no network namespaces can be made here: " + e.getMessage());
        }
        try (Networks networks = made; Postgres postgres = Postgres.start(Files.createDirectory(root.resolve("postgres")), networks.range())) {
            database = postgres;
            feed = new NumberedFeed(root);
            Path files = Files.createDirectory(root.resolve("broker"));
            Networks.Host first = networks.add();
            Networks.Host second = networks.add();
            environment = Map.of("INTELMQ_BROKER", "tcp://" + first.address() + PORT + ",tcp://" + second.address() + PORT,
                    "INTELMQ_CONFIGURATION_DATABASE", "jdbc:postgresql://" + networks.gateway() + ":" + database.port() + "/postgres?sslmode=disable",
                    "INTELMQ_CONFIGURATION_USER", "postgres");
            active = ArtemisServer.start(first.inside(), files, true, first.address() + PORT, second.address() + PORT);
            backup = ArtemisServer.start(second.inside(), files, false, second.address() + PORT, first.address() + PORT);
            for (int i = 0; i < SERVERS; i++) {
                sites.add(configure("node-" + (i + 1), networks));
            }
            measureThroughput();
            configurationChanged();
            work(WARM_UP_FILES_EACH * SERVERS);
            measure(SERVERS + ", one bot on one");
            table.add("fault                         attempted  lost  doubled  all there after s");
            serverKilled();
            brokerKilled(second, first, files);
            cutOff();
            sites.forEach(site -> assertEquals(0, site.server.stop(), site.name));
        } finally {
            running().forEach(ServerProcess::close);
            List.of(active, backup).forEach(ArtemisServer::close);
            System.out.println(String.join("\n", table));
        }
    }

    private KilledSite configure(String name, Networks networks) throws IOException, InterruptedException {
        Path folder = root.resolve(name);
        Files.createDirectories(folder.resolve("etc"));
        Files.createDirectories(root.resolve("var/in"));
        Files.writeString(folder.resolve("etc/runtime.yaml"), """
                collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: %1$s/var/in, postfix: .csv, delete_file: true, rate_limit: 1, destination_queues: {_default: [parser-queue]}}
                parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: [source.ip, source.port, comment], skip_header: true, default_fields: {classification.type: scanner},
                    destination_queues: {_default: [shared-queue]}}
                shared:
                  group: Expert
                  module: intelmq.bots.experts.deduplicator.expert
                  parameters: {filter_keys: comment, filter_type: whitelist, cache: postgresql, cache_user: postgres,
                    cache_database: 'jdbc:postgresql://%2$s:%3$d/postgres?sslmode=disable', destination_queues: {_default: [taxonomy-queue]}}
                taxonomy:
                  group: Expert
                  module: intelmq.bots.experts.taxonomy.expert
                  parameters: {destination_queues: {_default: [database-queue]}}
                database:
                  group: Output
                  module: intelmq.bots.outputs.sql.output
                  parameters: {engine: postgresql, host: %2$s, port: %3$d, database: postgres, user: postgres, sslmode: disable}
                """.formatted(root, networks.gateway(), database.port()));
        return new KilledSite(name, networks.add(), folder);
    }

    private void launch(KilledSite site) throws IOException {
        Map<String, String> own = new HashMap<>(ServerProcess.asShipped(environment));
        own.put("INTELMQ_NODE", site.name);
        site.server = ServerProcess.launch(site.host.inside(), site.root, own);
    }

    private void measureThroughput() throws IOException {
        table.add("servers                  events  seconds  events/s  CPU-µs an event: servers  broker  both  (JIT of the servers)  (PostgreSQL)");
        for (int running = 1; running <= SERVERS; running++) {
            launch(sites.get(running - 1));
            sites.get(running - 1).server.awaitReady();
            work(WARM_UP_FILES_EACH * running);
            measure(String.valueOf(running));
        }
    }

    /** The JIT's work is left out: it is done once on each server, and would count against whichever has started last. */
    private void measure(String servers) throws IOException {
        Duration used = used();
        Duration compiling = compiling();
        Duration broker = active.used();
        Duration postgres = database.used();
        long began = System.nanoTime();
        work(MEASURED_FILES);
        double seconds = (System.nanoTime() - began) / 1e9;
        int events = MEASURED_FILES * ROWS;
        double jit = microsAnEvent(compiling().minus(compiling));
        double work = microsAnEvent(used().minus(used)) - jit;
        double brokers = microsAnEvent(active.used().minus(broker));
        table.add("%-24s %6d  %7.1f  %8.0f  %24.1f  %6.1f  %4.1f  %20.1f  %12.1f".formatted(servers, events, seconds, events / seconds, work, brokers,
                work + brokers, jit, microsAnEvent(database.used().minus(postgres))));
    }

    private static double microsAnEvent(Duration time) {
        return time.toMillis() * 1e3 / (MEASURED_FILES * ROWS);
    }

    private Stream<ServerProcess> running() {
        return sites.stream().map(site -> site.server).filter(Objects::nonNull);
    }

    private Duration used() {
        return running().map(ServerProcess::used).reduce(Duration.ZERO, Duration::plus);
    }

    private Duration compiling() throws IOException {
        Duration sum = Duration.ZERO;
        for (ServerProcess server : running().toList()) {
            sum = sum.plus(server.compiling());
        }
        return sum;
    }

    /** Brings files in, and waits until all their rows are in the database. */
    private void work(int files) throws IOException {
        bring(files);
        awaitAll();
    }

    private void bring(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            feed.add(ROWS);
        }
    }

    private void awaitAll() {
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(250))
                // to count them all again and again would be most of what happens
                .until(() -> database.numbered() >= feed.rows() && database.count().distinct() >= feed.rows());
    }

    /** Rows come in and arrive while the fault happens. */
    private long beginFault() throws IOException, SQLException {
        int before = database.count().distinct();
        for (int i = 0; i < FILES; i++) {
            feed.addTwice(ROWS);
        }
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(20)).until(() -> database.count().distinct() > before);
        return System.nanoTime();
    }

    private void tell(String fault, long began) throws IOException, SQLException {
        feed.add(1);
        awaitAll();
        double seconds = (System.nanoTime() - began) / 1e9;
        Postgres.Count count = database.count();
        table.add("%-29s %9d  %4d  %7d  %17.1f".formatted(fault, feed.rows(), feed.rows() - count.distinct(), count.rows() - count.distinct(), seconds));
        assertEquals(feed.rows(), count.distinct(), fault + ": lost");
        assertEquals(count.distinct(), count.rows(), fault + ": doubled");
    }

    /** On the first server, while the last is down: the others follow, each in its own files; and the history is the same. */
    private void configurationChanged() throws IOException, InterruptedException {
        KilledSite last = sites.get(SERVERS - 1);
        last.server.kill();
        Path changed = Files.writeString(root.resolve("changed.yaml"), configuration(sites.get(0)).replace("_default: [taxonomy-queue]",
                "_default: [deduplicator-queue]") + """
                deduplicator:
                  group: Expert
                  module: intelmq.bots.experts.deduplicator.expert
                  parameters: {filter_keys: comment, filter_type: whitelist, destination_queues: {_default: [taxonomy-queue]}}
                further:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: var/further.txt}
                """);
        long began = System.nanoTime();
        control(sites.get(0), "apply", changed.toString(), "--reason", "shared");
        for (KilledSite site : sites.subList(1, SERVERS - 1)) {
            awaitFollowed(site, changed);
        }
        table.add("configuration changed: on all %d servers that run after s %.1f".formatted(SERVERS - 1, (System.nanoTime() - began) / 1e9));
        // an operator has edited it meanwhile
        Files.writeString(last.root.resolve("etc/runtime.yaml"), configuration(last) + "# edited while it was down\n");
        launch(last);
        last.server.awaitReady();
        awaitFollowed(last, changed);
        try (Stream<Path> kept = Files.list(last.root.resolve("etc"))) {
            Path edited = kept.filter(each -> each.getFileName().toString().matches("runtime\\.yaml\\.[-\\d]+\\.bak")).findFirst().orElseThrow();
            assertTrue(Files.readString(edited).endsWith("# edited while it was down\n"));
        }
        String history = control(sites.get(0), "history", "--type", "json");
        assertTrue(history.contains("\"shared\""), history);
        for (KilledSite site : sites) {
            assertEquals(history, control(site, "history", "--type", "json"), site.name);
        }
    }

    private static String configuration(KilledSite site) throws IOException {
        return Files.readString(site.root.resolve("etc/runtime.yaml"));
    }

    private void awaitFollowed(KilledSite site, Path changed) throws IOException {
        String wanted = Files.readString(changed);
        await().atMost(LONG_ENOUGH).until(() -> configuration(site).equals(wanted));
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(site.root.resolve("var/further.txt")));
    }

    /** The command line on that server. */
    private static String control(KilledSite site, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(site.host.inside());
        command.add(ServerProcess.distribution().resolve("bin/intelmqctl").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("INTELMQ_ROOT_DIR", site.root.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + said);
        return said;
    }

    private void serverKilled() throws IOException, SQLException {
        for (KilledSite site : sites) {
            long killed = beginFault();
            site.server.kill();
            tell(site.name + " killed", killed);
            launch(site);
            site.server.awaitReady();
        }
    }

    private void brokerKilled(Networks.Host at, Networks.Host other, Path files) throws IOException, SQLException, InterruptedException {
        long killed = beginFault();
        active.kill();
        tell("broker killed", killed);
        active = backup;
        backup = ArtemisServer.start(other.inside(), files, false, other.address() + PORT, at.address() + PORT);
    }

    private void cutOff() throws IOException, SQLException, InterruptedException {
        for (KilledSite site : sites) {
            long began = beginFault();
            site.host.cutOff();
            await().pollDelay(CUT_OFF).atMost(LONG_ENOUGH).until(() -> true);
            site.host.heal();
            tell(site.name + " cut off for 30 s", began);
            await().atMost(LONG_ENOUGH).until(() -> Files.readString(site.root.resolve("var/log/server.log")).contains("is reached again after"));
            work(FILES / 4);
            assertTrue(site.server.runs(), site.name);
        }
        tell("in the end", System.nanoTime());
        assertEquals(1, waiting("collector.tick"), "ticks of the collector");
        assertEquals(1, waiting("deduplicator.turn.tick"), "turns of the deduplicator");
    }

    /** Messages in a queue of the broker, those that wait for their time and those under way among them. */
    private long waiting(String queue) {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("(" + environment.get("INTELMQ_BROKER") + ")?ha=true");
                ClientSessionFactory factory = locator.createSessionFactory(); ClientSession session = factory.createSession()) {
            return session.queueQuery(SimpleString.of(queue)).getMessageCount();
        } catch (Exception e) {
            throw new IllegalStateException("queue " + queue + " cannot be asked about", e);
        }
    }
}
