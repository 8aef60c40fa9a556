package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Tick;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is closed while an output is in the middle of its events. */
class EngineStopTest {

    private static final String PIPELINE = """
            global: {error_max_retries: 0, fused_delivery: false}
            events: {group: Collector, module: test.events, parameters: {rate_limit: 3600, destination_queues: {_default: [output-queue]}}}
            output: {group: Output, module: test.output, parameters: {}}
            """;

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private Exception whatComesOfIt;
    private boolean isStopped;
    private boolean closedAtWork;
    private int closed;
    private EngineHarness harness;

    @BeforeEach
    void makeHarness() throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.events", "Events", "Sends events.", NoParams.class, (params, context) -> events()),
                BotType.output("test.output", "Output", "Keeps comments.", NoParams.class, (params, context) -> output()))));
        harness.configure(PIPELINE);
    }

    private Bot<Tick> events() {
        return (tick, out) -> {
            for (String comment : isStopped ? new String[0] : new String[] {"one", "two", "three"}) {
                Event event = new Event(harness.engine().harmonization());
                event.add(Fields.COMMENT, comment);
                out.send(event);
            }
        };
    }

    private Bot<Message> output() {
        return new Bot<>() {

            @Override
            public void process(Message message, Outbox out) throws Exception {
                if (!isStopped && "two".equals(message.text(Fields.COMMENT))) {
                    isStopped = true;
                    harness.engine().close();
                    closedAtWork = closed > 0;
                    if (whatComesOfIt != null) {
                        throw whatComesOfIt;
                    }
                }
                written.add(message.text(Fields.COMMENT));
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Test
    void anOutputStillAtWorkIsClosedAfterItsDelivery() {
        harness.start();
        harness.run();
        assertFalse(closedAtWork, "nothing is taken from it while it is at work");
        assertEquals(1, closed);
    }

    @Test
    void theRestOfABatchGoesBackToTheQueue() {
        harness.start();
        harness.run();
        assertEquals(List.of("one", "two"), written);
        assertEquals("All bots have stopped; 1 event waits on disk for the next start: output-queue 1.", harness.engine().waiting().text());

        harness.start();
        harness.run();
        assertEquals(List.of("one", "two", "three"), written);
    }

    @Test
    void anInterruptedEventComesAgainAndIsNotDumped() {
        for (Exception interruption : List.of(new InterruptedException(), new IOException(new ClosedByInterruptException()),
                new IllegalStateException("a file that the stop has closed"))) {
            written.clear();
            isStopped = false;
            whatComesOfIt = interruption;
            harness.start();
            harness.run();
            assertEquals(List.of("one"), written);
            assertEquals(2, harness.broker().length("output-queue"));

            harness.start();
            harness.run();
            assertEquals(List.of("one", "two", "three"), written);
            assertFalse(Files.exists(root.resolve("var/log/output.dump")), "nothing is dumped");
            harness.engine().close();
        }
    }
}
