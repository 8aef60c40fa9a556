package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.network.JdkHttp;
import org.intelmq.replay.Replay;
import org.intelmq.replay.ReplaySite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases of bots that speak to a web server: it runs while the case does, and what it saw is compared. */
@Timeout(60)
class OutsideReplayTest {

    private static final String HEADERS = "{\"user-agent\": \"Mozilla/5.0 (old)\", \"accept\": \"*/*\", \"content-type\": \"application/json; charset=utf-8\"}";
    private static final String EVENT = "{\"__type\": \"Event\", \"source.port\": 80}";
    private static final String REQUEST = "{\"method\": \"POST\", \"url\": \"http://127.0.0.1:{port}/collect\", \"headers\": " + HEADERS
            + ", \"body\": \"{\\\"source.port\\\":80}\"}";

    @TempDir
    private Path folder;

    private String replay(String parameters, String given, String sent, String error, Function<HttpParams, Http> web) throws Exception {
        return replay(parameters, given, sent, error, web, EVENT);
    }

    private String replay(String parameters, String given, String sent, String error, Function<HttpParams, Http> web, String event) throws Exception {
        String all = parameters.contains("\"host\"") ? parameters.substring(2) : "\"host\": \"http://127.0.0.1:{port}/collect\"" + parameters;
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), "{\"id\": \"a\", \"bot\": \"intelmq.bots.outputs.restapi.output\", \"parameters\": {"
                + all + "}, \"given\": " + given + ", \"input\": [" + event + "], \"output\": {\"_default\": []}, "
                + "\"sent\": {\"http\": " + sent + "}, \"error\": [" + error + "]}\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Replay.Options options = new Replay.Options(List.of(cases), Set.of(), false, false, true);
        ReplaySite site = Sites.at(folder);
        int code = new Replay(options, site, new PrintStream(out, true, StandardCharsets.UTF_8),
                continued -> new Conformance().begin(site, continued, null, web)).run();
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    private String replay(String parameters, String given, String sent, String error) throws Exception {
        return replay(parameters, given, sent, error, JdkHttp::new);
    }

    @Test
    void comparesWhatTheServerSaw() throws Exception {
        String told = replay("", "{\"http\": [{\"status\": 200, \"body\": \"ok\"}]}", "[" + REQUEST + "]", "");
        assertTrue(told.startsWith("0 "), told);
        String other = replay("", "{\"http\": [{\"status\": 200}]}", "[" + REQUEST.replace("80", "81") + "]", "");
        assertTrue(other.startsWith("1 FAILED a\n  sent.http[0].body.source.port\n    expected 81\n    got      80\n"), other);
    }

    @Test
    void givesEachReplyToTheFirstRequestThatFits() throws Exception {
        String moved = "{\"http\": [{\"path\": \"/nowhere\", \"status\": 500}, {\"method\": \"POST\", \"path\": \"/coll.*\", \"status\": 307, "
                + "\"headers\": {\"Location\": \"/new?x=1\"}}, {\"status\": 200, \"chunks\": [\"o\", \"k\"]}]}";
        String told = replay("", moved, "[" + REQUEST + ", " + REQUEST.replace("/collect", "/new?x=1") + "]", "");
        assertTrue(told.startsWith("0 "), told);
    }

    @Test
    void keepsSilentAndClosesAsTheCaseSays() throws Exception {
        String failed = "{\"exception\": \"requests.exceptions.ConnectionError\", \"exception_message\": \"x\", \"message\": {}}";
        assertTrue(replay("", "{\"http\": [{\"close\": true}]}", "[" + REQUEST + "]", failed).startsWith("0 "));
        assertTrue(replay("", "{\"http\": [{\"status\": 200, \"body\": \"half\", \"break\": true}]}", "[" + REQUEST + "]", failed).startsWith("0 "));
        String late = replay(", \"http_timeout_sec\": 0.3, \"http_timeout_max_tries\": 2", "{\"http\": [{\"status\": 200, \"delay\": 30}, {\"status\": 200}]}",
                "[" + REQUEST + ", " + REQUEST + "]", "");
        assertTrue(late.startsWith("0 "), late);
    }

    @Test
    void everyHostIsReachedAtTheServerOfTheCase() throws Exception {
        String meant = REQUEST.replace("http://127.0.0.1:{port}/", "https://siem.example.com/");
        String host = ", \"host\": \"https://siem.example.com/collect\"";
        String told = replay(host, "{\"http\": [{\"status\": 200}]}", "[" + meant + "]", "");
        assertTrue(told.startsWith("0 "), told);
        String other = replay(host, "{\"http\": [{\"status\": 200}]}", "[" + meant.replace("siem", "soc") + "]", "");
        assertTrue(other.startsWith("1 FAILED a\n  sent.http[0].url\n"), other);
    }

    @Test
    void namesInBracesStandForWhatIsAnotherInEachRun() throws Exception {
        String event = REQUEST.replace("\\\"source.port\\\":80", "\\\"source.port\\\":80, \\\"comment\\\": \\\"a {uuid}\\\"");
        String told = replay("", "{\"http\": [{\"status\": 200}]}", "[" + event + "]", "", JdkHttp::new,
                EVENT.replace("}", ", \"comment\": \"a 491ac7d2-25a1-4078-8246-b04a132d003d\"}"));
        assertTrue(told.startsWith("0 "), told);
        String other = replay("", "{\"http\": [{\"status\": 200}]}", "[" + event + "]", "", JdkHttp::new, EVENT.replace("}", ", \"comment\": \"a 491ac7d2\"}"));
        assertTrue(other.startsWith("1 FAILED a\n  sent.http[0].body.comment\n"), other);
    }

    @Test
    void whatThereIsNoStubOfIsUnsupported() throws Exception {
        assertEquals("0 UNSUPPORTED a: needs gopher", replay("", "{\"http\": [], \"gopher\": {}}", "[]", "").lines().findFirst().orElseThrow());
        assertEquals("0 UNSUPPORTED a: needs a web server", replay("", "{\"http\": []}", "[]", "", null).lines().findFirst().orElseThrow());
    }
}
