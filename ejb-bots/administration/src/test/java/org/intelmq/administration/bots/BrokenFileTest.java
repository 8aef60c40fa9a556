package org.intelmq.administration.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.AtWork;
import org.intelmq.administration.dumps.ListDumps;
import org.intelmq.administration.feeds.ReadFeeds;
import org.intelmq.administration.logs.ReadLog;
import org.intelmq.administration.queues.ListQueues;
import org.intelmq.administration.queues.PeekQueue;
import org.intelmq.administration.queues.ShowQueue;
import org.intelmq.administration.rules.ReadRules;
import org.intelmq.administration.system.CheckConfiguration;
import org.intelmq.administration.system.HealthView;
import org.intelmq.administration.system.ShowHealth;
import org.intelmq.control.BotState;
import org.intelmq.control.LogFile;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While runtime.yaml is broken, the bots keep running with what they have, and can still be asked about. */
class BrokenFileTest {

    private static final String RUNTIME = """
            expert:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [out-queue]}}
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;

    @TempDir
    private Path root;
    private AtWork server;

    @BeforeEach
    void start() throws Exception {
        server = new AtWork(root, RUNTIME);
        Files.writeString(root.resolve("etc/runtime.yaml"), "expert: {\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsOfTheBotsThatGoOn() throws Exception {
        assertEquals(List.of("expert", "out"), server.ask(new ListBots(null, null, null)).stream().map(BotView::id).toList());
        assertEquals(Map.of("expert", BotState.RUNNING, "out", BotState.DISABLED), server.ask(new BotStates(List.of(), null)));
        assertEquals(BotState.RUNNING, server.ask(new ShowBot("expert")).state());
        assertEquals(BotState.RUNNING, server.ask(new BotFigures("expert")).state());
        assertFalse(server.ask(new ReadLog("expert", LogFile.Level.INFO, null, 10, null)).items().isEmpty());
    }

    @Test
    void tellsOfAllElseThatNamesBots() throws Exception {
        assertTrue(server.ask(new ListQueues()).stream().anyMatch(queue -> queue.name().equals("expert-queue")));
        assertEquals("expert", server.ask(new ShowQueue("expert-queue")).bot());
        assertEquals(List.of(), server.ask(new PeekQueue("expert-queue", 10, null, false)).items());
        assertNotNull(server.ask(new ReadFeeds()));
        assertNotNull(server.ask(new ListDumps(null, null, null)));
        assertNotNull(server.ask(new ReadRules()));
    }

    @Test
    void saysWhatIsBroken() throws Exception {
        HealthView health = server.ask(new ShowHealth());
        assertTrue(health.status().equals("DEGRADED") && health.configuration().contains("runtime.yaml is not valid YAML: "), health::toString);
        assertTrue(server.ask(new CheckConfiguration()).get(0).text().contains("runtime.yaml"));
    }

    @Test
    void stopsAndStartsBotsWithWhatWasLoaded() throws Exception {
        assertEquals(Map.of("expert", BotState.RUNNING), server.ask(new ChangeBots(BotAction.RESTART, List.of("expert"))));
        assertThrows(ConfigurationFileException.class, () -> server.ask(new ChangeBots(BotAction.RELOAD, List.of("expert"))));
        assertEquals(BotState.RUNNING, server.ask(new BotStates(List.of("expert"), null)).get("expert"));
        assertEquals(Map.of("expert", BotState.STOPPED), server.ask(new ChangeBots(BotAction.STOP, List.of("expert"))));
        assertEquals(Map.of("expert", BotState.STOPPED), server.ask(new ChangeBots(BotAction.STOP, List.of("expert"))));
        assertEquals(Map.of("expert", BotState.RUNNING), server.ask(new ChangeBots(BotAction.START, List.of("expert"))));
    }
}
