package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotState;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.control.NodeState;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.settings.Node;
import org.intelmq.parameters.ParameterSchema.Parameter;
import org.intelmq.pipeline.Problem;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.Test;

/** Servers that share a broker: who runs what, and that a collector looks at its source once, however many it runs on. */
class SeveralServersTest extends WordPipeline {

    private static final String TICKS = "words.tick";
    private EngineHarness first;
    private EngineHarness second;

    private void configure(String words, String picky) throws IOException {
        configure("", words, picky);
    }

    private void configure(String mode, String words, String picky) throws IOException {
        List<EngineHarness> nodes = harness.nodes("a", "b");
        first = nodes.get(0);
        second = nodes.get(1);
        for (EngineHarness node : nodes) {
            node.configure("""
                    global: {rate_limit: 0}
                    words:
                      {group: Collector, module: test.words, %s parameters: {rate_limit: 3600, %s destination_queues: {_default: [split-queue]}}}
                    split: {group: Parser, module: test.split, parameters: {destination_queues: {_default: [picky-queue]}}}
                    picky: {group: Expert, module: test.picky, parameters: {%s destination_queues: {_default: [collect-queue]}}}
                    collect: {group: Output, module: test.collect}
                    """.formatted(mode, words, picky));
        }
    }

    @Test
    void aCollectorHasOneTickHoweverManyServersStart() throws IOException {
        configure("", "");
        first.start();
        second.start();
        assertEquals(1, first.broker().length(TICKS), "before the first look");
        second.run();
        assertEquals(List.of("a", "b", "c"), written);
        assertEquals(1, first.broker().length(TICKS), "the next look");

        first.engine().close();
        first.start();
        first.run();
        assertEquals(3, written.size(), "a server that starts again does not look once more");
        first.advanceSeconds(3600);
        first.run();
        assertEquals(6, written.size());
        second.run();
        assertEquals(6, written.size());
    }

    @Test
    void theFirstTickIsOneEvenIfServersDoNotSeeEachOthers() throws IOException {
        configure("", "");
        first.start();
        second.engine().start();
        first.run();
        // as seen by a server that has asked a moment too early
        first.broker().clear(TICKS);
        second.engine().stop("words");
        second.engine().start("words");
        assertEquals(0, first.broker().length(TICKS), "within the same seconds the broker takes no second one");
        second.advanceSeconds(20);
        second.run();
        assertEquals(6, written.size(), "and if there is none after all, it comes");
        assertEquals(1, first.broker().length(TICKS));
    }

    @Test
    void looksAtOnceWhenAnOperatorStartsIt() throws IOException {
        configure("", "");
        first.start();
        second.start();
        first.run();
        second.engine().reload("words");
        assertEquals(1, first.broker().length(TICKS));
        first.run();
        assertEquals(6, written.size());
    }

    @Test
    void aNamedServerAloneRunsTheBot() throws IOException {
        configure("nodes: b,", "");
        first.start();
        second.start();
        assertTrue(second.engine().roster().runs("words"));
        assertFalse(first.engine().roster().runs("words"));
        assertEquals(List.of(), first.engine().missing());
        assertEquals(List.of(), first.engine().problems().stream().filter(Problem::isRefused).toList());
        first.engine().start("words");
        assertFalse(first.engine().roster().runs("words"));
    }

    @Test
    void whatOneServerAtATimeRunsKeepsToItAndIsReachedThroughItsQueueFromTheOthers() throws IOException {
        configure("", "nodes: one, queue_limit: 0,");
        startBoth();
        assertEquals(3, written.size());
        // what runs on the other server is not called here, though it has a bot of this name
        control(second).reload(List.of("words"));
        first.broker().stopConsumer("picky-queue");
        second.run();
        assertEquals(3, first.broker().length("picky-queue"));

        first.engine().stop("picky");
        second.run();
        assertEquals(6, written.size(), "the second follows");
        control(second).reload(List.of("words"));
        first.broker().stopConsumer("picky-queue");
        second.run();
        assertEquals(9, written.size(), "past the queue, as it is its turn");
        assertEquals(1, first.broker().length("picky.turn.tick"));
        assertFalse(control(second).queues().containsKey("picky.turn.tick"));
    }

    @Test
    void aRateLimitIsOfOneServer() throws IOException {
        configure("", "rate_limit: 1,");
        assertEquals(List.of(), warnings());
        configure("", "rate_limit: 1, nodes: all,");
        assertEquals(List.of("bot 'picky': parameter 'nodes' lets several servers run it, each with a memory or a rate limit of its own, so they do "
                + "not know what the others have seen; expected one server, or a memory that they share (cache: postgresql, or redis_cache_host)"), warnings());
        configure("", "rate_limit: 1, nodes: a,");
        assertEquals(List.of(), warnings());
    }

    @Test
    void refusesANodesNameThatIsNone() {
        Map<String, String> environment = Map.of("INTELMQ_NODE", "all");
        assertThrows(ConfigurationFileException.class, () -> Node.of(environment));
        assertEquals("feeds-1", Node.of(Map.of("INTELMQ_NODE", " feeds-1 ")).name());
        assertFalse(Node.of(Map.of()).name().isEmpty());
    }

    @Test
    void theCatalogueHasTheParameterWhereThereMayBeOtherServers() throws IOException {
        configure("", "");
        assertEquals(List.of("nodes"), first.engine().parametersOfServers().stream().map(Parameter::name).toList());
        assertEquals(List.of(), harness.engine().parametersOfServers());
        Object bot = ((List<?>) CatalogueDetails.of(first.engine().catalogue(), first.engine().parametersOfServers()).get("Expert")).get(0);
        assertTrue(bot.toString().contains("INTELMQ_NODE"), bot.toString());
        assertTrue(CatalogueDetails.markdown(first.engine().catalogue(), CommonParameters.all()).contains("| `nodes` |"));
    }

    private List<String> warnings() {
        return first.engine().problems().stream().filter(problem -> "nodes".equals(problem.parameter())).map(Problem::text).toList();
    }

    @Test
    void aServerByItselfRefusesWhatIsForAnother() throws IOException {
        harness.configure("picky: {group: Expert, module: test.picky, parameters: {nodes: 'x-1, x-2', destination_queues: {_default: [q]}}}");
        harness.start();
        String text = harness.engine().problems().get(0).text();
        assertTrue(text.startsWith("bot 'picky': parameter 'nodes' cannot be \"x-1, x-2\": this server is '"), text);
        assertThrows(BotStartException.class, () -> harness.engine().start("picky"));
        assertEquals(List.of("picky"), harness.engine().missing());
    }

    @Test
    void refusesWhatIsNoName() throws IOException {
        harness.configure("picky: {group: Expert, module: test.picky, parameters: {nodes: [all, x], destination_queues: {_default: [q]}}}");
        harness.start();
        assertEquals("bot 'picky': parameter 'nodes' cannot be \"all, x\": expected all, one, or names of servers made of letters, digits, '.', '_' and '-'",
                harness.engine().problems().get(0).text());
    }

    private void startBoth() {
        first.start();
        second.start();
        // each has given a sign since the other listens
        first.advanceSeconds(2);
        second.run();
        first.run();
    }

    @Test
    void eachKnowsTheOthers() throws IOException {
        configure("nodes: b,", "");
        startBoth();
        List<NodeState> nodes = control(first).nodes();
        assertEquals(List.of("a", "b"), nodes.stream().map(NodeState::name).toList());
        assertEquals(List.of("collect", "picky", "split"), nodes.get(0).running());
        assertEquals(List.of("collect", "picky", "split", "words"), nodes.get(1).running());
        assertTrue(nodes.get(0).self() && !nodes.get(1).self() && nodes.get(1).alive());
        assertEquals(BotState.RUNNING, first.engine().status("words"), "it runs, though not here");
        assertEquals(List.of(), ofServers(first));

        second.engine().close();
        assertEquals(List.of("a"), control(first).nodes().stream().map(NodeState::name).toList(), "it has left in order");
        assertEquals(BotState.STOPPED, first.engine().status("words"));
        assertEquals(List.of(), control(harness).nodes(), "with a broker of its own there is nobody");
    }

    @Test
    void whatAnOperatorDoesToABotReachesAllServers() throws IOException {
        configure("", "");
        startBoth();
        control(second).stop(List.of("words", "picky"));
        first.run();
        assertEquals(BotState.STOPPED, first.engine().status("words"));
        assertEquals(BotState.STOPPED, first.engine().status("picky"));
        assertEquals(List.of(), first.engine().missing());
        written.clear();
        control(first).start(List.of("words", "picky"));
        second.run();
        assertEquals(BotState.RUNNING, second.engine().status("words"));
        first.run();
        assertEquals(3, written.size(), "one look, and not one for each server");

        second.configure(Files.readString(root.resolve("b/etc/runtime.yaml")).replace("test.picky", "test.fussy"));
        control(first).reload(List.of("picky"));
        second.run();
        assertEquals(List.of("picky"), second.engine().missing(), "it has read its own file");
    }

    @Test
    void saysWhatIsWrongBetweenServers() throws IOException {
        configure("nodes: 'b, c',", "nodes: elsewhere,");
        startBoth();
        assertEquals(List.of("bot 'picky': parameter 'nodes' cannot be \"elsewhere\": no server of this name is known, so nobody runs the bot; "
                + "expected one of a, b"), ofServers(first));
        second.configure(Files.readString(root.resolve("b/etc/runtime.yaml")) + "# another\n");
        first.advanceSeconds(2);
        second.run();
        String text = ofServers(first).get(1);
        assertTrue(text.startsWith("server 'b' has another configuration ("), text);
        first.advanceSeconds(11);
        first.run();
        assertTrue(ofServers(first).get(1).startsWith("server 'b' has not been heard of since 2024-05-17T10:20:34Z"), () -> ofServers(first).toString());
    }

    @Test
    void saysThatTwoServersHaveOneName() throws IOException {
        List<EngineHarness> nodes = harness.nodes("a", "a");
        first = nodes.get(0);
        second = nodes.get(1);
        first.configure("{}");
        startBoth();
        assertEquals(List.of("another server on the broker calls itself 'a' too: set INTELMQ_NODE to a different name on each"), ofServers(first));
    }

    @Test
    void aCollectorThatHasEndedIsEndedOnAllServers() throws IOException {
        configure("run_mode: scheduled,", "", "");
        startBoth();
        assertEquals(3, written.size(), "by the second");
        assertEquals(BotState.STOPPED, first.engine().status("words"));
        assertEquals(0, first.broker().length(TICKS));
    }

    @Test
    void serversBringTheirConfigurationUpToDateBeforeTheyActTogether() throws IOException {
        configure("", "");
        startBoth();
        List<String> looked = new ArrayList<>();
        first.engine().catchUpWith(() -> looked.add("first, which runs it: " + first.engine().roster().runs("picky")));
        second.engine().catchUpWith(() -> looked.add("second, which runs it: " + second.engine().roster().runs("picky")));
        control(first).stop(List.of("picky"));
        second.run();
        assertEquals(List.of("first, which runs it: true", "second, which runs it: true"), looked);
        assertFalse(second.engine().roster().runs("picky"));

        looked.clear();
        control(first).here().start(List.of("picky"));
        control(first).following().reload(List.of("picky"));
        second.run();
        assertEquals(List.of(), looked);
        assertTrue(first.engine().roster().runs("picky"));
        assertFalse(second.engine().roster().runs("picky"), "nobody has told it");
    }

    private static EngineControl control(EngineHarness node) {
        return new EngineControl(node.engine());
    }

    private static List<String> ofServers(EngineHarness node) {
        return node.engine().problems().stream().map(Problem::text).filter(text -> text.contains("server")).toList();
    }
}
