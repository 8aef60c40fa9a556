package org.intelmq.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.BotFigures;
import org.intelmq.administration.bots.BotStates;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.administration.bots.NextMessages;
import org.intelmq.administration.bots.RunBot;
import org.intelmq.administration.queues.ClearQueue;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.administration.queues.TakeMessage;
import org.intelmq.control.BotState;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of IntelMQ's command line ask for. */
class CommandsTest {

    private static final String RUNTIME = """
            expert: {group: Expert, module: intelmq.bots.experts.taxonomy.expert, parameters: {destination_queues: {_default: [out-queue]}}}
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;
    private static final String EVENT = "{\"__type\": \"Event\", \"classification.type\": \"scanner\"}";

    @TempDir
    private Path root;
    private AtWork server;

    @BeforeEach
    void start() throws Exception {
        server = new AtWork(root, RUNTIME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> audit() throws IOException {
        return Files.readAllLines(root.resolve("audit.log")).stream().map(line -> (Map<?, ?>) Json.parse(line))
                .map(line -> line.get("role") + ": " + line.get("what") + ": " + line.get("result")).toList();
    }

    @Test
    void changesNeedAnOperatorAndAreWrittenDown() throws Exception {
        List<Operation<?>> changes = List.of(new ChangeBots(BotAction.STOP, List.of("expert")), new SendMessages("out-queue", null, List.of(EVENT)),
                new SendMessages("out-queue", "once", List.of(EVENT, EVENT)), new TakeMessage("out-queue"), new ClearQueue("out-queue"),
                new RunBot("expert", EVENT, true, null), new ChangeBots(BotAction.START, List.of(), "Expert"), new ChangeBots(BotAction.STOP, List.of()));
        for (Operation<?> change : changes) {
            assertEquals("role-too-low", assertThrows(Refusal.class, () -> server.ask(Role.VIEWER, change)).code());
        }
        for (Operation<?> change : changes) {
            server.ask(Role.OPERATOR, change);
        }
        List<String> words = List.of("stop expert", "send 1 message to queue out-queue", "send 2 messages to queue out-queue",
                "take a message out of queue out-queue", "clear out-queue", "run expert process --dryrun --msg …", "start --group Expert", "stop");
        assertEquals(words.stream().map(what -> "viewer: " + what + ": role-too-low").toList(), audit().subList(0, words.size()));
        assertEquals(words.stream().map(what -> "operator: " + what + ": done").toList(), audit().subList(words.size(), 2 * words.size()));
    }

    @Test
    void looksAreNotWrittenDown() throws Exception {
        assertEquals(Map.of("expert", BotState.RUNNING), server.ask(Role.VIEWER, new BotStates(List.of("expert"), null)));
        assertEquals(Map.of("out", BotState.DISABLED), server.ask(Role.VIEWER, new BotStates(List.of(), "Output")));
        assertEquals(BotState.RUNNING, server.ask(Role.VIEWER, new BotFigures("expert")).state());
        assertEquals("unknown-bot", assertThrows(Refusal.class, () -> server.ask(new BotFigures("none"))).code());
        assertEquals("out-of-bounds", assertThrows(Refusal.class, () -> server.ask(new NextMessages("expert", 1, 241))).code());
        assertFalse(Files.exists(root.resolve("audit.log")));
    }

    @Test
    void whatIsNoMessageIsRefusedWithTheReason() throws Exception {
        Refusal refusal = assertThrows(Refusal.class, () -> server.ask(new SendMessages("out-queue", "id", List.of(EVENT, "{"))));
        assertEquals(SendMessages.NO_MESSAGE, refusal.code());
        assertEquals("invalid-id", assertThrows(Refusal.class, () -> server.ask(new SendMessages("out-queue", "../x", List.of(EVENT)))).code());
        assertEquals(SendMessages.NO_MESSAGE, assertThrows(Refusal.class, () -> server.ask(new RunBot("expert", "{", true, null))).code());
        assertEquals(List.of("admin: send 2 messages to queue out-queue: invalid-message", "admin: send 1 message to queue out-queue: invalid-id",
                "admin: run expert process --dryrun --msg …: invalid-message"), audit());
    }
}
