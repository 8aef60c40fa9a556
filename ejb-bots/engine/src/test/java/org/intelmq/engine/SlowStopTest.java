package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bot is stopped while it is in the middle of a message that takes its time. */
class SlowStopTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    Path root;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private EngineHarness harness;
    private Thread deliveries;

    @BeforeEach
    void begin() throws Exception {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.output("test.slow", "Slow", "Takes its time.", NoParams.class, (params, context) -> slow()),
                BotType.output("test.other", "Other", "Does nothing.", NoParams.class, (params, context) -> (message, out) -> { }))));
        harness.configure("""
                slow: {group: Output, module: test.slow, parameters: {}}
                other: {group: Output, module: test.other, parameters: {}}
                """);
        harness.start();
        new EngineControl(harness.engine()).send("slow-queue", "{\"__type\": \"Event\"}");
        deliveries = new Thread(harness::run);
        deliveries.start();
        assertTrue(begun.await(1, TimeUnit.MINUTES));
    }

    @AfterEach
    void end() throws Exception {
        goOn.countDown();
        deliveries.join();
        harness.engine().close();
    }

    private Bot<Message> slow() {
        created.incrementAndGet();
        return new Bot<>() {

            @Override
            public void process(Message message, Outbox out) throws Exception {
                begun.countDown();
                goOn.await();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** What an operator gets who does not want to wait any longer. */
    private boolean stopImpatiently() {
        harness.engine().supervisor().waitAtMost(Duration.ZERO);
        return harness.engine().supervisor().stop("slow");
    }

    private BotState state(String bot) {
        return harness.engine().status(bot);
    }

    private void finish() throws Exception {
        goOn.countDown();
        deliveries.join();
        harness.run();
        harness.advanceSeconds(1);
        harness.run();
    }

    @Test
    void theOthersAreStoppedAndStartedMeanwhile() throws Exception {
        CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(() -> harness.engine().supervisor().stop("slow"));
        assertTimeoutPreemptively(AT_ONCE, () -> {
            while (state("slow") != BotState.STOPPING) {
                Thread.onSpinWait();
            }
            EngineControl control = new EngineControl(harness.engine());
            assertEquals(Map.of("other", BotState.STOPPED), control.stop(List.of("other")));
            assertEquals(Map.of("other", BotState.RUNNING), control.start(List.of("other")));
            assertEquals(Map.of("other", BotState.RUNNING), control.reload(List.of("other")));
        });
        assertFalse(stop.isDone());

        goOn.countDown();

        assertTrue(stop.get(1, TimeUnit.MINUTES));
        assertEquals(List.of(BotState.STOPPED, 1), List.of(state("slow"), closed.get()));
    }

    @Test
    void whoDoesNotWaitIsToldAndTheBotStopsByItself() throws Exception {
        assertFalse(stopImpatiently());
        assertEquals(List.of(BotState.STOPPING, 0), List.of(state("slow"), closed.get()));

        finish();

        assertEquals(List.of(BotState.STOPPED, 1), List.of(state("slow"), closed.get()));
        assertEquals(1, new EngineControl(harness.engine()).statistics("slow").received());
    }

    @Test
    void aBotThatIsToStartAgainDoesSoAfterItsLastMessage() throws Exception {
        assertFalse(stopImpatiently());
        String reason = assertThrows(BotStartException.class, () -> harness.engine().start("slow")).getMessage();
        assertTrue(reason.contains("is still finishing its last message; it starts as soon as that is done"), reason);
        assertEquals(1, created.get());

        finish();

        assertEquals(List.of(BotState.RUNNING, 2, 1), List.of(state("slow"), created.get(), closed.get()));
    }

    @Test
    void theLastOrderCounts() throws Exception {
        assertFalse(stopImpatiently());
        assertThrows(BotStartException.class, () -> harness.engine().start("slow"));
        assertFalse(stopImpatiently());

        finish();

        assertEquals(BotState.STOPPED, state("slow"));
    }

    @Test
    void theServerStopsInTheMiddleOfIt() {
        assertFalse(stopImpatiently());
        assertTimeoutPreemptively(AT_ONCE, () -> harness.engine().close());
    }
}
