package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Json;
import org.intelmq.network.JdkHttp;
import org.intelmq.replay.Replay;
import org.intelmq.replay.ReplaySite;
import org.intelmq.testing.NeedsCommand;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases of collectors: their moments, what they remember, the order of what they ask, and the programs they start. */
@Timeout(60)
class CollectorReplayTest {

    private static final String RSYNC = "intelmq.bots.collectors.rsync.collector_rsync";
    private static final String SHADOWSERVER = "intelmq.bots.collectors.shadowserver.collector_reports_api";
    private static final String CLOCK = "2026-11-28T03:45:20+00:00";

    @TempDir
    private Path folder;

    private String replay(Map<String, Object> record) throws Exception {
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), Json.write(record) + '\n');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplaySite site = Sites.at(folder);
        int code = new Replay(new Replay.Options(List.of(cases), Set.of(), false, false, true), site, new PrintStream(out, true, StandardCharsets.UTF_8),
                continued -> new Conformance().begin(site, continued, null, JdkHttp::new)).run();
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> record(String bot, Map<String, Object> parameters, Map<String, Object> given, List<Object> output) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", "a");
        record.put("bot", bot);
        record.put("parameters", parameters);
        record.put("given", given);
        record.put("input", List.of());
        record.put("iterations", 1L);
        record.put("output", Map.of("_default", output));
        record.put("error", List.of());
        record.put("clock", CLOCK);
        return record;
    }

    private static Map<String, Object> report(String raw, String... more) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("time.observation", "{time}+00:00");
        for (int i = 0; i < more.length; i += 2) {
            report.put(more[i], more[i + 1]);
        }
        report.put("raw", Base64Text.encode(raw));
        report.put("feed.name", "Test Bot");
        report.put("feed.accuracy", 100.0);
        report.put("__type", "Report");
        return report;
    }

    private static Map<String, Object> local(String raw) {
        Map<String, Object> record = record(RSYNC, Map.of("rsync_path", "{root}/src", "file", "a.csv", "temp_directory", "{temp}"),
                Map.of("files", Map.of("src/a.csv", "x\n")), List.of(report(raw)));
        record.put("after", Map.of("temp_directory", List.of("a.csv")));
        return record;
    }

    @Test
    @NeedsCommand("rsync")
    void layOutFilesForRsyncAndLookWhatIsThereAfterwards() throws Exception {
        String told = replay(local("x\n"));
        assertTrue(told.startsWith("0 "), told);
        assertTrue(replay(local("y\n")).startsWith("1 FAILED a\n  output._default[0].raw\n"));
        Map<String, Object> other = local("x\n");
        other.put("after", Map.of("temp_directory", List.of("b.csv")));
        assertTrue(replay(other).startsWith("1 FAILED a\n  after.temp_directory[0]\n"));
    }

    @Test
    @NeedsCommand("rsync")
    void runADaemonOfRsync() throws Exception {
        Map<String, Object> record = record(RSYNC, Map.of("rsync_path", "rsync://127.0.0.1:{port}/feeds", "file", "d.csv", "temp_directory", "{temp}"),
                Map.of("rsync_daemon", Map.of("module", "feeds", "files", Map.of("d.csv", "from the daemon\n"))), List.of(report("from the daemon\n")));
        String told = replay(record);
        assertTrue(told.startsWith("0 "), told);
    }

    @Test
    @NeedsCommand("rsync")
    void noteWhatSshIsTold() throws Exception {
        Map<String, Object> record = record(RSYNC, Map.of("rsync_path", "u@h.example:/f", "file", "a", "private_key", "QUJD", "temp_directory", "{temp}"),
                Map.of(),
                List.of());
        record.remove("given");
        record.put("error", List.of(Map.of("exception", "builtins.ValueError", "exception_message", "x")));
        String line = "-i {state}/privkey_dir_test-bot/private.key -o StrictHostKeyChecking=no -l u h.example rsync --server --sender -e.x . /f/a";
        record.put("sent", Map.of("ssh_command_lines", List.of(line)));
        record.put("after", Map.of("private_key_file", "-----BEGIN OPENSSH PRIVATE KEY-----\nQUJD\n-----END OPENSSH PRIVATE KEY-----\n", "mode", "0o600"));
        String told = replay(record);
        assertTrue(told.startsWith("0 "), told);
        record.put("sent", Map.of("ssh_command_lines", List.of(line.replace("no -l", "yes -l"))));
        assertTrue(replay(record).startsWith("1 FAILED a\n  sent.ssh_command_lines\n"));
    }

    @Test
    void compareWhatIsRemembered() throws Exception {
        Map<String, Object> record = record(SHADOWSERVER, Map.of("api_key", "k", "secret", "s"), Map.of("http", List.of(
                Map.of("path", "/api2/reports/list", "body", "[{\"id\": \"i\", \"file\": \"f.csv\"}]"), Map.of("path", "/i", "body", "x"))),
                List.of(report("x", "extra.file_name", "f.csv")));
        record.put("parameters", Map.of("api_key", "k", "secret", "s", "redis_cache_ttl", 100L));
        record.put("unstable", List.of("sent.http"));
        record.put("after", Map.of("redis", Map.of("f.csv", Map.of("value", "1", "ttl", 100L))));
        String told = replay(record);
        assertTrue(told.startsWith("0 "), told);
        record.put("after", Map.of("redis", Map.of("f.csv", Map.of("value", "1", "ttl", 90L))));
        assertTrue(replay(record).startsWith("1 FAILED a\n  after.redis, 90 s later.f.csv\n"));
        record.put("after", Map.of("redis", Map.of("g.csv", Map.of("value", "1", "ttl", 100L))));
        assertTrue(replay(record).startsWith("1 FAILED a\n  after.redis.g.csv\n"));
    }

    private static Map<String, Object> get(String address, String accept) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", "GET");
        request.put("url", address);
        request.put("headers", Map.of("user-agent", "python-requests/2.28.1", "accept", accept));
        request.put("body", "");
        return request;
    }

    @Test
    void tellThatOnlyTheOrderIsAnother() throws Exception {
        String list = "[{\"type\": \"file\", \"name\": \"a\", \"download_url\": \"https://f.example/a\"}, "
                + "{\"type\": \"file\", \"name\": \"b\", \"download_url\": \"https://f.example/b\"}]";
        Map<String, Object> record = record("intelmq.bots.collectors.github_api.collector_github_contents_api", Map.of("repository", "o/r", "regex", "."),
                Map.of("http", List.of(Map.of("path", "/repos/o/r/contents", "body", list), Map.of("path", "/a"), Map.of("path", "/b"))), List.of());
        Map<String, Object> first = get("https://api.github.com/repos/o/r/contents", "application/vnd.github.v3.text-match+json");
        record.put("sent", Map.of("http", List.of(first, get("https://f.example/a", "*/*"), get("https://f.example/b", "*/*"))));
        String told = replay(record);
        assertTrue(told.startsWith("0 "), told);
        record.put("sent", Map.of("http", List.of(first, get("https://f.example/b", "*/*"), get("https://f.example/a", "*/*"))));
        assertEquals("  sent.http (order)", replay(record).lines().skip(1).findFirst().orElse(""));
    }

    @Test
    void daysAreThoseOfTheClock() throws Exception {
        Map<String, Object> record = record(SHADOWSERVER, Map.of("api_key", "k", "secret", "s"), Map.of("http", List.of(
                Map.of("path", "/api2/reports/list", "body", "[]"))), List.of());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", "POST");
        request.put("url", "https://transform.shadowserver.org/api2/reports/list");
        request.put("headers", Map.of("user-agent", "python-requests/2.28.1", "accept", "*/*"));
        request.put("body", "{ \"apikey\": \"k\" ,\"date\": \"{today-2}:{today}\" }");
        record.put("sent", Map.of("http", List.of(request)));
        record.put("unstable", List.of("sent.http[0].headers.hmac2"));
        String told = replay(record);
        assertTrue(told.startsWith("0 "), told);
        request.put("body", "{ \"apikey\": \"k\" ,\"date\": \"{today-1}:{today}\" }");
        assertEquals("  sent.http[0].body.date", replay(record).lines().skip(1).findFirst().orElse(""));
    }
}
