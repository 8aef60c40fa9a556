package org.intelmq.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.Browser;
import org.intelmq.server.testing.Chromium;
import org.intelmq.server.testing.ConsoleUser;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.testing.NeedsCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What takes long of the walk through the console by which it is accepted; the rest is in {@code ConsoleIT}. Each step, its result
 * and how long it took are in {@code target/console/walk.txt}, pictures beside it.
 */
@NeedsCommand({Chromium.PROGRAM, Chromium.DRIVER})
@EnabledIfSystemProperty(named = "console.walk", matches = ".*", disabledReason = "takes minutes; -Dconsole.walk switches it on")
class ConsoleWalkIT {

    private static final Path TABLE = Path.of("target/console/walk.txt");
    private static final String FEED = "198.51.100.7\n198.51.100.8\n198.51.100.9\n203.0.113.20\n";
    private static final int BAD = 10_000;
    /** Far fewer than make a report be dumped as a whole. */
    private static final int BAD_OF_A_REPORT = 500;
    private static final String MILLION = """
            INSERT INTO events ("time.observation", "time.source", "feed.name", "classification.type", "classification.taxonomy", "source.ip",
              "source.geolocation.cc", "source.asn")
            SELECT now() - (i % 72000) * interval '1 second', now() - (i % 72000) * interval '1 second', 'Feed ' || i % 7,
              (ARRAY['scanner', 'c2-server', 'phishing', 'brute-force'])[1 + i % 4],
              (ARRAY['information-gathering', 'malicious-code', 'fraud', 'intrusion-attempts'])[1 + i % 4],
              ('10.' || i % 250 || '.' || i % 240 || '.' || i % 230)::inet, (ARRAY['AT', 'DE', 'FR', 'IT', 'CZ'])[1 + i % 5], 64496 + i % 16
            FROM generate_series(1, 1000000) i""";
    private static final String FRAMES = """
            return new Promise((done) => {
              const graph = document.querySelector('.graph');
              const times = [];
              const step = (now) => {
                times.push(now);
                const way = times.length % 240 < 120 ? 6 : -6;
                graph.dispatchEvent(new WheelEvent('wheel', { deltaX: way, deltaY: way / 2, bubbles: true, cancelable: true }));
                if (times.length < 361) requestAnimationFrame(step); else done(360000 / (times[360] - times[0]));
              };
              requestAnimationFrame(step);
            });""";
    private static final String KEYS = """
            return new Promise((done) => {
              let worst = 0;
              let left = 20;
              document.querySelector('.node').focus();
              const press = () => {
                const began = performance.now();
                const key = left % 2 ? 'ArrowDown' : 'ArrowRight';
                document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                requestAnimationFrame(() => setTimeout(() => {
                  worst = Math.max(worst, performance.now() - began);
                  if (--left > 0) setTimeout(press, 120); else done(worst);
                }));
              };
              press();
            });""";

    @TempDir
    private Path root;
    private long began;

    @BeforeAll
    static void forgetTheLastWalk() throws IOException {
        Files.deleteIfExists(TABLE);
    }

    private void step(String name, String result) throws IOException {
        double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3;
        Files.createDirectories(TABLE.getParent());
        String line = String.format(Locale.ROOT, "%-60s %-70s %6.1f s%n", name, result, seconds);
        Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        began = System.nanoTime();
    }

    /** The shipped sample, with its events in PostgreSQL, and feeds from a web server of this test. */
    private void install(int database, int web) throws IOException {
        Path etc = ServerProcess.distribution().resolve("etc");
        Files.createDirectories(root.resolve("etc"));
        Files.copy(etc.resolve("harmonization.conf"), root.resolve("etc/harmonization.conf"));
        Files.writeString(root.resolve("etc/runtime.yaml"), Files.readString(etc.resolve("runtime.yaml"))
                .replace("error_retry_delay: 15", "error_retry_delay: 0")
                .replaceFirst("global:\n", "global:\n  queue_limit: 10\n  http_proxy: http://127.0.0.1:" + web + "\n")
                .replace("engine: h2", "engine: postgresql\n    host: 127.0.0.1\n    port: " + database
                        + "\n    database: postgres\n    user: postgres\n    sslmode: disable"));
        Files.createDirectories(root.resolve("var/lib/bots/sample-collector"));
    }

    /** The sample again, at other ports, which the deduplicator lets pass: more than may wait in a queue. */
    private void bringMore(int digit) throws IOException {
        String text = Files.readString(ServerProcess.distribution().resolve("etc/sample/feodo-tracker.json"));
        bring("later-" + digit, text.replace("\"port\": ", "\"port\": " + digit));
    }

    private void bring(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve("var").resolve(name), text);
        Files.move(file, root.resolve("var/lib/bots/sample-collector").resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void fromNothingToAMillionEvents() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] body = FEED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        web.start();
        try (Postgres database = Postgres.start(root.resolve("data"))) {
            install(database.port(), web.getAddress().getPort());
            began = System.nanoTime();
            ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), ServerProcess.asShipped(Map.of()));
            try (Browser browser = new Browser(server.url())) {
                server.awaitReady();
                addAFeed(browser, server);
                stopTheDatabase(browser, database);
                cancelARecovery(browser);
                searchAMillion(browser, server, database);
                killTheServer(browser, server);
            } finally {
                server.close();
            }
        } finally {
            web.stop(0);
        }
    }

    private void addAFeed(Browser browser, ServerProcess server) throws IOException {
        step("1 start of an empty installation", "ready");
        ConsoleUser.become(browser, server);
        browser.picture("walk-1-feeds");
        browser.open("/feeds/add/cins-army-cins-army-list/read");
        browser.click(".wizard button.primary");
        browser.awaitText("198.51.100.7");
        browser.picture("walk-1-sample");
        browser.click(".wizard button.primary");
        browser.await("where to is not asked", () -> browser.count("#to") == 1);
        browser.run("document.querySelector('#to').value = 'sql-output'");
        browser.click(".wizard button.primary");
        browser.await("no plan", () -> browser.path().equals("/pipeline/draft/plan"));
        browser.find(".apply button.primary:not([disabled])");
        browser.picture("walk-1-plan");
        browser.click(".apply button.primary");
        browser.await("not applied", () -> browser.path().equals("/pipeline"));
        browser.await("no events", () -> {
            browser.open("/events");
            return browser.find(".found").getText().contains("CINS Army List");
        });
        browser.picture("walk-1-events");
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toMinutes() < 2, "more than two minutes");
        step("1 first user, feed, plan, events in the table", "the feed's events are shown");
    }

    private void stopTheDatabase(Browser browser, Postgres database) throws IOException {
        browser.open("/pipeline");
        browser.find(".node[data-id='sql-output'][data-condition='running']");
        began = System.nanoTime();
        database.stop();
        bringMore(1);
        browser.find(".node[data-id='sql-output'][data-condition='failing']");
        step("5 database stopped", "sql-output is shown as failing");
        browser.open("/pipeline?bot=sql-output");
        browser.await("it is not said why", () -> browser.find(".side .why").getText().contains("waits for another system"));
        browser.picture("walk-5-why");
        step("5 why nothing moves", "sql-output says what it waits for");
        browser.find(".node[data-id='sample-url-expert'][data-condition='held']");
        bringMore(2);
        browser.find(".node[data-id='sample-taxonomy-expert'][data-condition='held']");
        browser.open("/pipeline?bot=sample-taxonomy-expert");
        browser.await("the chain does not lead to the cause", () -> browser.find(".side .why").getText().matches(
                "(?s).*is held by sample-url-expert.*is held by sql-output: its queue 'sql-output-queue' is full"
                + ".*sql-output.*waits for another system.*"));
        browser.picture("walk-5-held");
        step("5 what is held further up", "the chain leads over two full queues to sql-output");
        database.start();
        browser.open("/pipeline");
        browser.find(".node[data-id='sql-output'][data-condition='running']");
        browser.await("not drained", () -> !browser.find(".node[data-id='sql-output']").getText().contains("waiting"));
        browser.await("still held", () -> browser.count(".node[data-condition='held']") == 0);
        browser.picture("walk-5-drained");
        step("5 database started", "sql-output runs, and nothing waits");
    }

    private void cancelARecovery(Browser browser) throws IOException {
        Api api = Api.of(root);
        String row = "{\"ip_address\": \"no address\", \"port\": 1, \"first_seen\": \"2026-11-28 01:00:00\"}";
        for (int i = 0; i < BAD / BAD_OF_A_REPORT; i++) {
            bring("bad-" + i, "[" + String.join(",", Collections.nCopies(BAD_OF_A_REPORT, row)) + "]");
        }
        browser.await("not all dumped", () -> dumped(api) == BAD);
        api.post("api/v1/bots/stop?bot=sample-parser", "");
        browser.open("/dumps");
        began = System.nanoTime();
        browser.click(".card > .row:first-child button", "Recover 10,000");
        browser.click(".card [role='status'] button", "Cancel");
        browser.awaitText("cancelled after");
        browser.picture("walk-6-cancelled");
        int left = dumped(api);
        int waiting = ((Number) ((Map<?, ?>) api.json("api/v1/queues/sample-parser-queue")).get("waiting")).intValue();
        assertTrue(left > 0, "the recovery has ended before it could be cancelled");
        assertEquals(BAD, left + waiting, "left and sent");
        step("6 recovery cancelled", left + " of " + BAD + " are left, the others wait in the queue");
    }

    private static int dumped(Api api) {
        Matcher counts = Pattern.compile("\"count\":(\\d+)").matcher(api.get("api/v1/dumps?bot=sample-parser"));
        return counts.results().mapToInt(each -> Integer.parseInt(each.group(1))).sum();
    }

    private void searchAMillion(Browser browser, ServerProcess server, Postgres database) throws Exception {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(MILLION);
            statement.execute("ANALYZE events");
        }
        began = System.nanoTime();
        browser.open("/events");
        browser.find(".events tbody tr[aria-rowindex] .link");
        step("9 a million events: rows", "shown");
        browser.await("not counted", () -> number(browser) >= 1_000_000);
        step("9 a million events: histogram", number(browser) + " counted");
        browser.drag(".u-over", 0.3, 0.7);
        browser.await("not zoomed", () -> browser.path().contains("from=2"));
        browser.click(".facet .value", "AT");
        browser.await("no first facet", () -> browser.path().contains("f=source.geolocation.cc"));
        browser.click(".facet .value", "fraud");
        browser.await("no second facet", () -> browser.path().contains("fraud") && number(browser) > 0 && number(browser) < 100_000);
        browser.picture("walk-9");
        long here = number(browser);
        step("9 zoom and two facets", here + " events");
        Object lines = browser.run("return fetch(document.querySelector(\"a[download='events.csv']\").href).then(answer => answer.text())"
                + ".then(text => text.trim().split('\\n').length - 1)");
        assertEquals(here, lines, "exported");
        step("9 export", lines + " lines of CSV");
        try (Browser other = new Browser(server.url())) {
            other.open(browser.path());
            ConsoleUser.logIn(other);
            other.await("not the same", () -> number(other) == here);
        }
        step("9 the link in another browser", "the same " + here);
    }

    private static long number(Browser browser) {
        String text = browser.find(".tools strong.figure").getText().replaceAll("\\D", "");
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    private void killTheServer(Browser browser, ServerProcess server) throws IOException {
        browser.open("/pipeline");
        browser.find(".node");
        browser.await("not live", () -> browser.count(".lost-bar") == 0);
        began = System.nanoTime();
        server.kill();
        browser.find(".lost-bar");
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 12, "more than 12 s");
        step("10 server killed", "the bar says so");
        try (ServerProcess next = ServerProcess.launch(root, server.url().getPort(), ServerProcess.asShipped(Map.of()))) {
            next.awaitReady();
            began = System.nanoTime();
            ConsoleUser.logIn(browser);
            browser.await("not mended", () -> browser.count(".lost-bar") == 0);
            step("10 server started again", "mended without a reload, after a login");
        }
    }

    @Test
    void twoHundredBotsStayFluid() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/in"));
        var text = new StringBuilder("global: {rate_limit: 0}\n");
        for (int line = 0; line < 20; line++) {
            text.append("""
                    feed-%1$d-collector: {group: Collector, module: intelmq.bots.collectors.file.collector_file, parameters: {path: var/in/,
                      postfix: .%1$d, delete_file: true, rate_limit: 2, destination_queues: {_default: [line-%1$d-expert-0-queue]}}}
                    output-%1$d: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/%1$d.txt}}
                    """.formatted(line));
            for (int i = 0; i < 8; i++) {
                text.append("""
                        line-%d-expert-%d: {group: Expert, module: intelmq.bots.experts.taxonomy.expert,
                          parameters: {destination_queues: {_default: [%s-queue]}}}
                        """.formatted(line, i, i == 7 ? "output-" + line : "line-" + line + "-expert-" + (i + 1)));
            }
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), text);
        ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), ServerProcess.asShipped(Map.of()));
        try (Browser browser = new Browser(server.url())) {
            server.awaitReady();
            ConsoleUser.become(browser, server);
            began = System.nanoTime();
            browser.open("/pipeline");
            browser.find(".node");
            assertEquals(200, browser.count(".node"));
            step("13 200 bots opened", "ready");
            browser.await("names cannot be read", () -> Boolean.TRUE.equals(browser.run(
                    "return document.querySelector('.node').getBoundingClientRect().width >= 0.74 * 216")));
            browser.picture("walk-13");
            double keys = ((Number) browser.run(KEYS)).doubleValue();
            double frames = ((Number) browser.run(FRAMES)).doubleValue();
            step("13 frames and keys", String.format(Locale.ROOT, "%.1f frames a second, the slowest key %.0f ms", frames, keys));
            browser.press("0");
            browser.await("not all in sight", () -> browser.count(".minimap:not([hidden])") == 0);
            browser.await("no headings", () -> browser.count(".heading:not([hidden])") == 20
                    && browser.find(".heading").getText().contains("10 bots"));
            Object heights = browser.run("return Math.min(...[...document.querySelectorAll('.heading')]"
                    + ".map(each => each.getBoundingClientRect().height))");
            assertEquals(24, ((Number) heights).doubleValue(), 1, "headings are as large as other text");
            browser.picture("walk-13-whole");
            assertTrue(frames >= 58, frames + " frames a second");
            assertTrue(keys <= 50, keys + " ms");
        } finally {
            server.close();
        }
    }
}
