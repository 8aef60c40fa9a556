package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Tick;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineControlTest {

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private boolean broken;
    private EngineHarness harness;
    private EngineControl control;

    @BeforeEach
    void makeHarness() throws IOException {
        harness = harness();
        harness.configure("""
                source:
                  group: Collector
                  module: test.source
                  parameters: {rate_limit: 60, destination_queues: {_default: [out-queue]}}
                out: {group: Output, module: test.out}
                """);
        control = new EngineControl(harness.engine());
    }

    @Test
    void showsTheQueuesOfTheBrokerOnlyIfSomethingIsInThem() {
        harness.start();
        harness.broker().ensureQueue("DLQ");
        harness.broker().ensureQueue("ExpiryQueue");
        assertEquals(Map.of("out-queue", 0L), control.queues());
        control.send("DLQ", "{\"comment\": \"dead\", \"__type\": \"Event\"}");
        assertEquals(Map.of("DLQ", 1L, "out-queue", 0L), control.queues());
    }

    /** Bots keep running while somebody edits the file, and can still be asked about. */
    @Test
    void tellsOfBotsAsBeforeWhileTheFileCannotBeRead() throws IOException {
        harness.start();
        control.stop(List.of("source"));
        harness.configure("source: {");
        assertEquals(Map.of("source", BotState.STOPPED, "out", BotState.RUNNING), control.status(List.of("source", "out")));
        assertEquals(BotState.STOPPED, control.statistics("source").state());
        assertEquals(List.of(), control.missing());
        assertEquals(Map.of("out-queue", 0L), control.queues());
        assertTrue(control.problems().stream().anyMatch(problem -> problem.isRefused() && problem.text().contains("runtime.yaml")),
                () -> String.valueOf(control.problems()));
        assertThrows(ConfigurationFileException.class, () -> control.reload(List.of("out")));
        assertEquals(BotState.RUNNING, control.start(List.of("source")).get("source"));
    }

    private EngineHarness harness() {
        return new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.source", "Source", "Sends an event.", NoParams.class, (params, context) -> source(context.newEvent())),
                BotType.output("test.out", "Out", "Keeps comments.", NoParams.class, (params, context) -> output()))));
    }

    private static Bot<Tick> source(Event event) {
        return (tick, out) -> {
            event.put(Fields.COMMENT, "seen");
            out.send(event.copy());
        };
    }

    private Bot<Message> output() {
        if (broken) {
            throw new ConfigurationException("parameter 'mood' cannot be \"bad\": expected good");
        }
        return (message, out) -> written.add(message.text(Fields.COMMENT));
    }

    @Test
    void whatIsSentAgainUnderItsIdIsThereOnce() {
        harness.engine().stop("out");
        List<String> messages = List.of("{\"__type\": \"Event\", \"comment\": \"a\"}", "{\"__type\": \"Report\", \"raw\": \"YQ==\"}",
                "{\"__type\": \"Event\", \"comment\": \"b\"}");
        control.send("out-queue", "sending-1", messages);
        control.send("out-queue", "sending-1", messages);
        assertEquals(3, control.peek("out-queue", 10).size());

        control.send("out-queue", "sending-2", messages);
        assertEquals(Map.of("out-queue", 6L), control.queues());
        assertThrows(RuntimeException.class, () -> control.send("out-queue", "sending-3", List.of(messages.get(0), "none")));
        assertEquals(Map.of("out-queue", 6L), control.queues());
    }

    @Test
    void theQueuesThatWakeCollectorsAreNobodysBusiness() {
        harness.start();
        harness.engine().stop("out");
        harness.run();

        assertEquals(Map.of("out-queue", 1L), control.queues());
        assertFalse(control.problems().toString().contains("rphaned"), control.problems().toString());
        assertThrows(InvalidArgument.class, () -> control.clear("source.tick"));
        assertThrows(InvalidArgument.class, () -> control.pop("source.tick"));
        assertThrows(InvalidArgument.class, () -> control.peek("source.tick", 1));
        assertThrows(InvalidArgument.class, () -> control.send("source.tick", "{\"__type\": \"Event\"}"));

        harness.advanceSeconds(60);
        harness.run();
        assertEquals(2, control.queues().get("out-queue"));
    }

    @Test
    void whatABotThatIsGoneLeftIsToldAndCanBeCleared() throws IOException {
        harness.start();
        harness.engine().stop("out");
        harness.run();
        harness.configure("other: {group: Output, module: test.out}");

        Problem orphan = control.problems().stream().filter(problem -> problem.text().startsWith("Orphaned queues")).findFirst().orElseThrow();
        assertEquals(Severity.WARNING, orphan.severity());
        assertTrue(orphan.text().contains("'out-queue'") && !orphan.text().contains("tick"), orphan.text());
        assertEquals(1, control.clear("out-queue"));
    }

    @Test
    void aBotThatShouldRunAndDoesNotIsMissed() {
        broken = true;
        harness.start();
        assertEquals(List.of("out"), control.missing());

        broken = false;
        control.start(List.of("out"));
        assertEquals(List.of(), control.missing());
    }

    @Test
    void aBotThatWasStoppedIsNotMissed() {
        harness.start();
        control.stop(List.of("out"));
        assertEquals(List.of(), control.missing());
    }

    @Test
    void aBotThatCouldNotStartIsTriedAgainAtTheNextStartOfTheServer() {
        broken = true;
        harness.start();
        control.stop(List.of("source"));
        harness.engine().close();

        broken = false;
        EngineHarness next = harness();
        next.start();
        assertEquals(BotState.RUNNING, next.engine().status("out"));
        assertEquals(BotState.STOPPED, next.engine().status("source"));
    }

    @Test
    void aReloadWithAWrongParameterIsToldAndMissed() {
        harness.start();
        broken = true;
        control.reload(List.of("out"));
        assertEquals(List.of("out"), control.missing());
        Problem problem = control.problems().get(0);
        assertEquals(new Problem("out", "mood", Severity.REFUSED, "bot 'out': parameter 'mood' cannot be \"bad\": expected good"), problem);
    }
}
