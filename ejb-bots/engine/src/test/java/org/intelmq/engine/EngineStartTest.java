package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.intelmq.control.BotState;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.pipeline.Problem;
import org.junit.jupiter.api.Test;

class EngineStartTest extends WordPipeline {

    @Test
    void startsTheBotsThatRanBeforeARestart() throws IOException {
        pipeline("one", "", "test.collect");
        harness.engine().stop("picky");
        harness.engine().close();
        harness.start();
        assertEquals(BotState.RUNNING, harness.engine().status("collect"));
        assertEquals(BotState.STOPPED, harness.engine().status("picky"));
    }

    @Test
    void namesEveryProblemOfAConfigurationAtOnce() throws IOException {
        harness.configure("""
                first: {group: Expert, module: test.nothing}
                second: {group: Expert, module: test.picky, parameters: {error_max_retries: often, refusd: x}}
                """);
        harness.start();
        List<String> problems = harness.engine().problems().stream().filter(problem -> problem.severity().concernsTheStart()).map(Problem::text).toList();
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("bot 'first': module cannot be \"test.nothing\""), problems.toString());
        assertTrue(problems.get(1).contains("bot 'second': parameter 'error_max_retries' cannot be \"often\": expected a whole number"), problems.toString());
        assertEquals("Misconfiguration: No (default) destination queue for 'first'.", problems.get(2));
        assertTrue(problems.get(4).contains("unknown parameter 'refusd'"), problems.toString());
        assertThrows(BotStartException.class, () -> harness.engine().start("second"));
    }

    @Test
    void namesWhatEventsDoNotTakeOfDefaultFields() throws IOException {
        harness.configure("""
                parser: {group: Parser, module: test.split, parameters: {default_fields: {source.ip: nowhere, comment: x, sauce.ip: 192.0.2.1}}}
                """);
        harness.start();
        List<String> problems = harness.engine().problems().stream().filter(problem -> problem.severity().concernsTheStart()).map(Problem::text).toList();
        assertEquals(2, problems.stream().filter(problem -> problem.startsWith("bot 'parser': parameter 'default_fields': ")).count(), problems.toString());
        assertTrue(problems.get(0).contains("source.ip cannot be \"nowhere\""), problems.toString());
        assertTrue(problems.get(1).contains("sauce.ip"), problems.toString());
        assertThrows(BotStartException.class, () -> harness.engine().start("parser"));
    }

    @Test
    void saysInOneLineOfTheLogWhichParameterKeepsABotFromStarting() throws IOException {
        harness.configure("fussy: {group: Expert, module: test.fussy, parameters: {destination_queues: {_default: [out]}}}");
        harness.start();
        List<String> lines = Files.readAllLines(root.resolve("var/log/fussy.log"));
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).endsWith(" - fussy - ERROR - Bot initialization failed. parameter 'mood' cannot be \"bad\": expected good"), lines.toString());
    }

    @Test
    void namesAllThatAConstructorWouldRefuseOneAfterTheOther() throws IOException {
        harness.configure("""
                one: {group: Expert, module: test.meals, parameters: {breakfast: mud, lunch: sand, destination_queues: {_default: [out]}}}
                other: {group: Expert, module: test.meals, parameters: {dinner: soon, lunch: sand, destination_queues: {_default: [out]}}}
                lost: {group: Expert, module: test.meals, parameters: {breakfast: mud, lunch: sand, destination_queues: 5}}
                """);
        harness.start();
        assertEquals(List.of("breakfast", "lunch"), refused("one"));
        assertEquals(List.of("dinner", "lunch"), refused("other"));
        assertEquals(List.of("destination_queues", "breakfast", "lunch"), refused("lost"));
        assertEquals(4, Files.readAllLines(root.resolve("var/log/one.log")).size(), "its own log has both, of the server's start and of this one");
    }

    private List<String> refused(String bot) {
        return assertThrows(BotStartException.class, () -> harness.engine().start(bot)).problems().stream().map(Problem::parameter).toList();
    }
}
