package org.intelmq.administration.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.intelmq.access.Role;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTest {

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Map<String, Object>> news = new ArrayList<>();
    private String broken;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
            started.incrementAndGet();
            return super.scheduleWithFixedDelay(command, 1, 1, TimeUnit.DAYS);
        }
    };
    private final Live live = new Live(topic -> topic.kind() == LiveTopic.Kind.CHANGE ? null : new Counted(topic.event()), scheduler,
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

    private final class Counted implements Source {

        private final String topic;

        private Counted(String topic) {
            this.topic = topic;
            opened.incrementAndGet();
        }

        @Override
        public List<Map<String, Object>> news() {
            asked.incrementAndGet();
            if (topic.equals(broken)) {
                throw new IllegalStateException("the log cannot be read");
            }
            List<Map<String, Object>> told = List.copyOf(news);
            news.clear();
            return told;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final class Ear implements Reader {

        private final StringBuilder heard = new StringBuilder();
        private boolean takes = true;
        private boolean ended;

        @Override
        public boolean offer(byte[] frame) {
            heard.append(new String(frame, StandardCharsets.UTF_8));
            return takes;
        }

        @Override
        public void end() {
            ended = true;
        }

        private String lastId() {
            return heard.toString().lines().filter(line -> line.startsWith("id: ")).reduce("", (first, last) -> last).replace("id: ", "");
        }
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private void listen(Ear ear, String topics, long after) {
        live.listen(ear, LiveTopic.of(topics, null), after);
    }

    @Test
    void tellsWhoeverComesWhatIsKnownWithoutLookingAgain() {
        AtomicInteger looks = new AtomicInteger();
        try (Live status = new Live(topic -> new StatusSource(() -> {
            looks.incrementAndGet();
            return Map.of();
        }, Clock.systemUTC()), scheduler, Clock.systemUTC())) {
            Ear one = new Ear();
            Ear two = new Ear();
            status.listen(one, LiveTopic.of("status", null), 0);
            status.listen(two, LiveTopic.of("status", null), 0);
            assertEquals(1, looks.get());
            assertTrue(two.heard.toString().contains("event: status\n"), two.heard.toString());
        }
    }

    @Test
    void findsOutOnceForAllReadersAndNotAtAllForNone() {
        assertEquals(0, started.get());
        Ear one = new Ear();
        Ear two = new Ear();
        listen(one, "log:a-bot", 0);
        listen(two, "log:a-bot", 0);
        news.add(Map.of("message", "hello"));
        live.tick();
        assertEquals(1, opened.get());
        assertEquals(1, asked.get());
        assertTrue(one.heard.toString().contains("event: log:a-bot\ndata: {\"message\": \"hello\"}\n\n"), one.heard::toString);
        assertEquals(one.heard.toString(), two.heard.toString());
        live.leave(one);
        assertEquals(0, closed.get());
        live.leave(two);
        assertEquals(1, closed.get());
        assertEquals(0, live.readers());
    }

    @Test
    void aTopicThatCannotBeFoundOutKeepsNoOtherQuiet() {
        Ear ear = new Ear();
        listen(ear, "log:a-bot,log:b-bot", 0);
        broken = "log:a-bot";
        news.add(Map.of("message", "hello"));
        live.tick();
        assertTrue(ear.heard.toString().contains("event: log:b-bot"), ear.heard::toString);
        broken = null;
        news.add(Map.of("message", "again"));
        live.tick();
        assertTrue(ear.heard.toString().contains("again"), ear.heard::toString);
    }

    @Test
    void dropsAReaderThatDoesNotTakeWhatItIsTold() {
        Ear slow = new Ear();
        Ear quick = new Ear();
        listen(slow, "tap:a-bot", 0);
        listen(quick, "tap:a-bot", 0);
        slow.takes = false;
        news.add(Map.of("event", 1));
        live.tick();
        assertTrue(slow.ended);
        assertFalse(quick.ended);
        assertEquals(1, live.readers());
    }

    @Test
    void tellsWhatALostConnectionHasMissed() {
        Ear first = new Ear();
        listen(first, "change", 0);
        live.changed(new Caller("anna", Role.ADMIN, "test"), "stop a-bot");
        String seen = first.lastId();
        live.leave(first);
        live.changed(new Caller("bert", Role.ADMIN, "test"), "start a-bot");
        Ear again = new Ear();
        listen(again, "change", Long.parseLong(seen));
        assertFalse(again.heard.toString().contains("anna"), again.heard::toString);
        assertTrue(again.heard.toString().contains("\"who\": \"bert\", \"what\": \"start a-bot\""), again.heard::toString);
        Ear other = new Ear();
        listen(other, "change", 0);
        assertFalse(other.heard.toString().contains("bert"), "somebody new is told what happens from now on");
    }

    @Test
    void missesNothingWhenItListensToMore() {
        Ear ear = new Ear();
        listen(ear, "change", 0);
        String seen = ear.lastId();
        live.job(Map.of("state", "done"));
        live.leave(ear);
        Ear toMore = new Ear();
        listen(toMore, "change,job", Long.parseLong(seen));
        assertTrue(toMore.heard.toString().contains("event: job\ndata: {\"state\": \"done\"}"), toMore.heard::toString);
        Ear again = new Ear();
        listen(again, "change,job", Long.parseLong(toMore.lastId()));
        assertFalse(again.heard.toString().contains("done"), again.heard::toString);
    }

    @Test
    void staysHeardInSilence() {
        Ear ear = new Ear();
        listen(ear, "change", 0);
        int before = ear.heard.length();
        for (int second = 0; second < 9; second++) {
            live.tick();
        }
        assertEquals(before, ear.heard.length());
        live.tick();
        assertEquals("id: " + ear.lastId() + "\nevent: heartbeat\ndata: {}\n\n", ear.heard.substring(before));
    }

    @Test
    void tellsNoMoreThanItCan() {
        for (int i = 0; i < 256; i++) {
            listen(new Ear(), "change", 0);
        }
        assertEquals("too-many-readers", assertThrows(Refusal.class, () -> listen(new Ear(), "change", 0)).code());
    }

    @Test
    void knowsItsTopics() {
        for (String wrong : List.of("", "nothing", "log", "log:a:b", "tap:", "status:a-bot", "tap:a/b")) {
            assertEquals("unknown-topic", assertThrows(Refusal.class, () -> LiveTopic.of(wrong, null), wrong).code());
        }
        assertEquals("tap:a-bot:_on_error", LiveTopic.of("status, tap:a-bot:_on_error", null).get(1).event());
    }
}
