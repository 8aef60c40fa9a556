package org.intelmq.server.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.intelmq.message.Json;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.NumberedPipeline;
import org.intelmq.server.testing.ServerProcess;

/** An installation that things happen to: rows from files go through a parser and an expert into a file and into PostgreSQL. */
final class KilledSite implements AutoCloseable {

    static final List<String> BOTS = List.of("collector", "parser", "expert", "file", "database");
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    private static final Pattern ROW = Pattern.compile(",n(\\d+)");

    private final Path root;
    private final Postgres postgres;
    private final NumberedFeed feed;
    private final IntPredicate broken;
    private final Map<String, String> environment;
    private ServerProcess server;
    private Duration recovered = Duration.ZERO;

    private KilledSite(Path root, Postgres postgres, IntPredicate broken, Map<String, String> environment) {
        this.root = root;
        this.postgres = postgres;
        this.broken = broken;
        this.feed = new NumberedFeed(root, broken);
        this.environment = ServerProcess.asShipped(environment);
    }

    static KilledSite of(Path root, Postgres postgres) throws IOException, SQLException {
        return of(root, postgres, row -> false, Map.of());
    }

    /** @param broken which rows the parser cannot understand; they must be in its dump */
    static KilledSite of(Path root, Postgres postgres, IntPredicate broken, Map<String, String> environment) throws IOException, SQLException {
        new NumberedPipeline(root).global("error_retry_delay: 1").global("error_max_retries: 2").expert().file()
                .postgresql("database", postgres.port()).write();
        postgres.empty();
        return new KilledSite(root, postgres, broken, environment);
    }

    /** Changes runtime.yaml as an editor does: in one step. */
    void edit(UnaryOperator<String> change) throws IOException {
        Path file = root.resolve("etc/runtime.yaml");
        Path written = Files.writeString(root.resolve("etc/runtime.new"), change.apply(Files.readString(file)));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path root() {
        return root;
    }

    NumberedFeed feed() {
        return feed;
    }

    ServerProcess server() {
        return server;
    }

    void start(String... options) throws IOException {
        server = ServerProcess.start(root, environment, options);
    }

    /** Starts the server again after a crash; the bots that ran continue by themselves. */
    void recover(String... options) throws IOException {
        server.kill();
        server = ServerProcess.launch(root, ServerProcess.freePort(), environment, options);
        recoveredIn(server.awaitReady());
    }

    void recoveredIn(Duration time) {
        recovered = recovered.compareTo(time) < 0 ? time : recovered;
    }

    /** How long an event takes that has to happen, for {@link #recoveredIn}. */
    static Duration time(ThrowingRunnable event) throws Throwable {
        long before = System.nanoTime();
        event.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    void start(List<String> bots) {
        change("start", bots);
    }

    void stop(List<String> bots) {
        change("stop", bots);
    }

    private void change(String action, List<String> bots) {
        server.post("api/v1/bots/" + action + "?bot=" + String.join("&bot=", bots), "");
    }

    long waiting(String queue) {
        return server.queues().getOrDefault(queue, 0L);
    }

    void awaitDrained() {
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(100)).until(() -> server.hasDrained(feed));
    }

    /** Stops the server and counts. */
    CaseOutcome outcome(String what, String remark) throws IOException, SQLException {
        server.stop();
        Path events = root.resolve("var/out/events.txt");
        Set<Integer> inFile = NumberedFeed.rowsIn(events);
        Set<Integer> dumped = dumped();
        Postgres.Count inDatabase = postgres.count();
        Set<Integer> delivered = new HashSet<>(inFile);
        IntStream.range(0, feed.rows()).filter(broken).filter(dumped::contains).forEach(delivered::add);
        int good = (int) IntStream.range(0, feed.rows()).filter(broken.negate()).count();
        int lost = Math.max(feed.rows() - delivered.size(), good - inDatabase.distinct());
        int doubled = inDatabase.rows() - inDatabase.distinct() + NumberedFeed.linesIn(events) - inFile.size();
        return new CaseOutcome(what, feed.rows(), feed.rows() - lost, lost, doubled, recovered, remark);
    }

    /** The rows in the parser's dump, which must be whole after all that happened. */
    private Set<Integer> dumped() throws IOException {
        Set<Integer> rows = new HashSet<>();
        Path dump = dump("parser");
        if (Files.exists(dump)) {
            for (Object entry : ((Map<?, ?>) Json.parse(Files.readString(dump))).values()) {
                Map<?, ?> report = (Map<?, ?>) Json.parse((String) ((Map<?, ?>) entry).get("message"));
                Matcher row = ROW.matcher(new String(Base64.getDecoder().decode((String) report.get("raw")), StandardCharsets.UTF_8));
                while (row.find()) {
                    rows.add(Integer.valueOf(row.group(1)));
                }
            }
        }
        return rows;
    }

    Path dump(String bot) {
        return root.resolve("var/log/" + bot + ".dump");
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
