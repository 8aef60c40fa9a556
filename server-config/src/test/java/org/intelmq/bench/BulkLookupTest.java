package org.intelmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.network.DnsJava;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.state.StateStore;
import org.intelmq.state.TransactionalState;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events with names are looked up by gethostbyname, cymru_whois and reverse_dns one after another, as in {@code bench lookups} but without a
 * server around them, of a name server that takes 20 ms for an answer. {@code -Dlookups=1000000} is the full size, with a fifth as many names;
 * there it asks for 10,000 events per CPU-second, all of the test's own work included, which makes 20,000 events a second on two idle cores.
 */
class BulkLookupTest {

    private static final int EVENTS = Integer.getInteger("lookups", 4_000);
    private static final int NAMES = EVENTS / 5;
    private static final int FULL_SIZE = 1_000_000;
    private static final int BATCH = 500;
    private static final int DELAY_MILLIS = 20;
    private static final double WANTED_PER_CPU_SECOND = 10_000;
    private static final double MOST_MEBIBYTES = 300;
    private static final List<Message> END = List.of();

    @TempDir
    private Path directory;

    @Test
    void manyNamesAreLookedUpAtOnce() throws Exception {
        List<BlockingQueue<List<Message>>> queues = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        double before = heapMebibytes();
        try (LateNameServer server = LateNameServer.start(DELAY_MILLIS)) {
            Dns dns = new DnsJava(server.address(), Duration.ofSeconds(5));
            List<Future<Integer>> bots = new ArrayList<>();
            queues.add(new ArrayBlockingQueue<>(8));
            long begun = System.nanoTime();
            long cpuBefore = cpuNanos();
            for (String name : List.of("gethostbyname", "cymru_whois", "reverse_dns")) {
                BlockingQueue<List<Message>> from = queues.get(queues.size() - 1);
                BlockingQueue<List<Message>> to = new ArrayBlockingQueue<>(8);
                queues.add(to);
                bots.add(threads.submit(bot(name, dns, from, to)));
            }
            Future<Integer> sent = threads.submit(() -> send(queues.get(0)));
            int complete = 0;
            for (List<Message> batch = queues.get(3).take(); batch != END; batch = queues.get(3).take()) {
                for (Message event : batch) {
                    complete += event.has(Fields.SOURCE_IP) && event.has(Fields.SOURCE_REVERSE_DNS) && event.has(Fields.SOURCE_ASN) ? 1 : 0;
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;
            for (Future<Integer> bot : bots) {
                assertEquals(EVENTS, bot.get());
            }
            double held = heapMebibytes() - before;
            Reference.reachabilityFence(dns);
            System.out.printf("%,d events with %,d names in %.1f s: %,.0f a second, %,.0f per CPU-second, %,d questions, %.0f MiB held%n",
                    EVENTS, NAMES, seconds, EVENTS / seconds, EVENTS / cpuSeconds, server.questions(), held);
            assertEquals(EVENTS, sent.get());
            assertEquals(EVENTS, complete);
            // a name is asked once, its address twice, and the AS numbers are few; some again, when their answer had to make room
            assertTrue(server.questions() <= (EVENTS < FULL_SIZE ? 3L : 4L) * NAMES + 5_000, () -> "questions: " + server.questions());
            assertTrue(held < MOST_MEBIBYTES, () -> held + " MiB are held");
            if (EVENTS >= FULL_SIZE) {
                assertTrue(EVENTS / cpuSeconds >= WANTED_PER_CPU_SECOND, () -> EVENTS / cpuSeconds + " events per CPU-second");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int send(BlockingQueue<List<Message>> to) throws InterruptedException {
        Random random = new Random(1);
        List<Message> batch = new ArrayList<>();
        int sent = 0;
        for (int i = 0; i < EVENTS; i++) {
            Event event = new TestContext().newEvent(new TestContext().newReport());
            event.put(Fields.SOURCE_FQDN, "host-" + (i < NAMES ? i : random.nextInt(NAMES)) + ".example.com");
            batch.add(event);
            sent++;
            if (batch.size() == BATCH || i == EVENTS - 1) {
                to.put(batch);
                batch = new ArrayList<>();
            }
        }
        to.put(END);
        return sent;
    }

    private Callable<Integer> bot(String name, Dns dns, BlockingQueue<List<Message>> from, BlockingQueue<List<Message>> to) {
        return () -> {
            int events = 0;
            try (StateStore store = StateStore.open(directory.resolve(name + ".state"), Clock.systemUTC());
                    TransactionalState state = store.session();
                    BatchBot<Message> bot = make("intelmq.bots.experts." + name + ".expert", new TestContext().dns(dns).state(state))) {
                for (List<Message> batch = from.take(); batch != END; batch = from.take()) {
                    RecordingOutbox out = new RecordingOutbox();
                    state.begin("ID:" + name + "-" + events);
                    bot.processAll(batch, out);
                    state.flush();
                    events += out.sent().size();
                    to.put(new ArrayList<>(out.sent()));
                }
            } finally {
                to.put(END);
            }
            return events;
        };
    }

    private static BatchBot<Message> make(String module, TestContext context) throws Exception {
        return make(Catalogue.load(BulkLookupTest.class.getClassLoader()).find(module), context);
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> BatchBot<Message> make(BotType<P> type, TestContext context) throws Exception {
        return (BatchBot<Message>) (Bot<?>) type.factory().create(ParameterSchema.of(type.params()).read(Map.of(), Set.of()).value(), context);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double heapMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20);
    }
}
