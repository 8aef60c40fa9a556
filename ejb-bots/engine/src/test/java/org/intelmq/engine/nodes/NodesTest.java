package org.intelmq.engine.nodes;

import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.intelmq.engine.nodes.Announcement.Action;
import org.intelmq.engine.nodes.Announcement.Order;
import org.intelmq.engine.settings.Node;
import org.intelmq.jms.Broker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {

    private final AtomicReference<Consumer<String>> listener = new AtomicReference<>();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path etc;

    @Test
    void aBotThatDoesNotFollowKeepsNoOtherFromIt() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            new Nodes(new Node("a", true), broker(), Clock.systemUTC(), scheduler, etc, List::of).join(bots());
            for (Action action : Action.values()) {
                listener.get().accept(new Order("other", "b", action, List.of("broken", "sound")).text());
            }
            await().until(() -> List.copyOf(done).equals(List.of("start sound", "stop sound", "reload sound")));
        } finally {
            scheduler.shutdownNow();
        }
    }

    private Nodes.Bots bots() {
        return new Nodes.Bots() {

            @Override
            public void startToo(String bot) {
                follow("start", bot);
            }

            @Override
            public void stopToo(String bot) {
                follow("stop", bot);
            }

            @Override
            public void reloadToo(String bot) {
                follow("reload", bot);
            }
        };
    }

    private void follow(String action, String bot) {
        if (bot.equals("broken")) {
            throw new IllegalStateException(action + " fails");
        }
        done.add(action + ' ' + bot);
    }

    /** That of several servers, of which only what is announced is of interest. */
    private Broker broker() {
        return (Broker) Proxy.newProxyInstance(Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, given) ->
                switch (method.getName()) {
                    case "isShared" -> true;
                    case "listen" -> {
                        @SuppressWarnings("unchecked")
                        Consumer<String> told = (Consumer<String>) given[0];
                        listener.set(told);
                        yield null;
                    }
                    case "announce" -> null;
                    default -> throw new AssertionError(method);
                });
    }
}
