package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.control.BotState;
import org.intelmq.control.Halt;
import org.intelmq.control.LogFile;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteControlTest {

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private RemoteControl control;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + exchange.getRequestHeaders().getFirst("Authorization")
                        + ' ' + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        control = new RemoteControl(new RestClient(new ServerConnection(address(), "secret", null)));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void asksAndReadsTheAnswer() {
        answer = "{\"a\": \"running\"}";
        assertEquals(Map.of("a", BotState.RUNNING), control.start(List.of("a")));
        answer = "";
        control.send("a queue", "{\"comment\": \"ä\"}");
        assertEquals(List.of("POST /api/v1/bots/start?bot=a secret ", "POST /api/v1/queues/a%20queue/messages secret {\"comment\": \"ä\"}"), requests);
    }

    @Test
    void asksForTheLinesOfALevel() {
        answer = "{\"log\": [], \"sent\": []}";
        control.process("a", null, true, null);
        control.process("a", "{}", false, LogFile.Level.DEBUG);
        assertEquals(List.of("POST /api/v1/bots/a/process?dry-run=true secret ", "POST /api/v1/bots/a/process?dry-run=false&level=DEBUG secret {}"), requests);
    }

    @Test
    void saysThatTheServerIsStarting() {
        status = 503;
        answer = "{\"status\": \"STARTING\", \"error\": \"the server is starting: the bots, for 3 s so far; try again soon\"}";
        assertFalse(control.isReady());
        NoServerException problem = assertThrows(NoServerException.class, () -> control.queues());
        assertEquals("The server at " + address() + " is not ready: the server is starting: the bots, for 3 s so far; try again soon",
                problem.getMessage());
        answer = "<html>Service Unavailable</html>";
        assertEquals("The server at " + address() + " is not ready: it is starting or stopping; try again soon",
                assertThrows(NoServerException.class, () -> control.queues()).getMessage());
    }

    @Test
    void saysWhyTheServerRefuses() {
        status = 400;
        answer = "{\"error\": \"there is no bot 'b'\"}";
        NoServerException problem = assertThrows(NoServerException.class, () -> control.next("b", 1, Duration.ZERO));
        assertEquals("The server at " + address() + " refused GET /api/v1/bots/b/next (status 400): there is no bot 'b'", problem.getMessage());
        answer = "{\"detail\": \"there is no bot 'b'\", \"remedy\": \"'intelmqctl list bots' lists them\"}";
        problem = assertThrows(NoServerException.Refusal.class, () -> control.statistics("b"));
        assertEquals("The server at " + address() + " refused GET /api/v1/bots/b/statistics (status 400): there is no bot 'b'. 'intelmqctl list bots' "
                + "lists them", problem.getMessage());
    }

    @Test
    void saysOfAForeignAnswerWhatItKnows() {
        status = 502;
        answer = "<h1>Bad gateway</h1>";
        NoServerException problem = assertThrows(NoServerException.class, () -> control.queues());
        assertEquals("The server at " + address() + " refused GET /api/v1/queues (status 502): no explanation", problem.getMessage());
        RestClient rest = new RestClient(new ServerConnection(address(), "secret", null));
        assertEquals("the server refused GET /api/v1/jobs with the status 502", assertThrows(RestClient.Refused.class, () -> rest.get("jobs")).getMessage());
    }

    @Test
    void asksOnceWhichBotsDoNotMove() {
        answer = """
                [{"id": "b", "state": "running", "held_behind": "c-queue", "waits_for": null},
                 {"id": "a", "state": "stopped", "held_behind": null, "waits_for": null},
                 {"id": "c", "state": "running", "held_behind": null, "waits_for": "no route to host"}]""";
        assertEquals(Map.of("b", new Halt("c-queue", null)), control.halts(List.of("a", "b", "new")));
        assertEquals("{a=Standing[state=STOPPED, halt=null], b=Standing[state=RUNNING, halt=Halt[heldBehind=c-queue, waitingFor=null]], "
                + "c=Standing[state=RUNNING, halt=Halt[heldBehind=null, waitingFor=no route to host]]}", control.standing("Expert").toString());
        assertEquals(List.of("GET /api/v1/bots secret ", "GET /api/v1/bots?group=Expert secret "), requests);
    }

    @Test
    void letsTheServerCheckTheConfiguration() {
        answer = """
                {"steps": [{"title": "Checking for bots.", "problems":
                  [{"bot": "a", "parameter": "path", "severity": "error", "text": "bot 'a': no such folder"}]}]}""";
        ConfigurationCheck.Result result = control.check().orElseThrow();
        assertTrue(result.failed());
        assertEquals(List.of(new ConfigurationCheck.Step("Checking for bots.",
                List.of(new Problem("a", "path", Severity.ERROR, "bot 'a': no such folder")))), result.steps());
        assertEquals(List.of("GET /api/v1/check/steps secret "), requests);
    }

    @Test
    void leavesTheCheckToThisVersionIfTheServerIsOneBefore() {
        status = 404;
        assertEquals(Optional.empty(), control.check());
        status = 503;
        assertThrows(NoServerException.class, () -> control.check());
    }
}
