package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.intelmq.control.BotState;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.pipeline.Problem;
import org.junit.jupiter.api.Test;

/** Servers that share a broker: who runs what, and that a collector looks at its source once, however many it runs on. */
class SeveralServersTest extends WordPipeline {

    private static final String TICKS = "words.tick";
    private EngineHarness first;
    private EngineHarness second;

    private void configure(String words, String picky) throws IOException {
        List<EngineHarness> nodes = harness.nodes("a", "b");
        first = nodes.get(0);
        second = nodes.get(1);
        for (EngineHarness node : nodes) {
            node.configure("""
                    global: {rate_limit: 0}
                    words:
                      {group: Collector, module: test.words, parameters: {rate_limit: 3600, %s destination_queues: {_default: [split-queue]}}}
                    split: {group: Parser, module: test.split, parameters: {destination_queues: {_default: [picky-queue]}}}
                    picky: {group: Expert, module: test.picky, parameters: {%s destination_queues: {_default: [collect-queue]}}}
                    collect: {group: Output, module: test.collect}
                    """.formatted(words, picky));
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
        assertEquals(BotState.RUNNING, second.engine().status("words"));
        assertEquals(BotState.STOPPED, first.engine().status("words"));
        assertEquals(List.of(), first.engine().missing());
        assertEquals(List.of(), first.engine().problems().stream().filter(Problem::isRefused).toList());
        first.engine().start("words");
        assertEquals(BotState.STOPPED, first.engine().status("words"));
    }

    @Test
    void whatOnlyOneServerRunsIsReachedThroughItsQueue() throws IOException {
        configure("", "nodes: one, queue_limit: 0,");
        first.start();
        // as if the broker gave its messages to the other server
        first.broker().stopConsumer("picky-queue");
        first.run();
        assertEquals(3, first.broker().length("picky-queue"), "although it runs in this server");
        configure("", "nodes: all, queue_limit: 0,");
        first.start();
        first.broker().stopConsumer("picky-queue");
        first.run();
        assertEquals(3, written.size());
    }

    @Test
    void aRateLimitIsOfOneServer() throws IOException {
        configure("", "rate_limit: 1,");
        assertEquals(List.of(), warnings());
        configure("", "rate_limit: 1, nodes: all,");
        assertEquals(List.of("bot 'picky': parameter 'nodes' lets several servers run it, and each has a memory or a rate limit of its own: what one has "
                + "seen, the others have not; expected one, or redis_cache_host for a memory that they share"), warnings());
        configure("", "rate_limit: 1, nodes: a,");
        assertEquals(List.of(), warnings());
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
}
