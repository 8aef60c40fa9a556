package org.intelmq.administration.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.Test;

/** Why does nothing move? */
class WhyTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<String, BotView> bots = new LinkedHashMap<>();

    private void add(String id, String group, BotState state, double rate, long waiting, String held, String waitsFor, String error, String to) {
        bots.put(id, new BotView(id, null, group, "m", null, true, "continuous", state, state == BotState.STOPPED,
                group.equals("Collector") ? null : id + "-queue", to == null ? Map.of() : Map.of("_default", List.of(to + "-queue")), rate, 0, Map.of(),
                waiting, null, error == null ? 0 : 31, 0, error,
                error == null ? null : NOW, null, group.equals("Collector") ? NOW : null, held, waitsFor, List.of()));
    }

    private String why(String id) {
        return new Cause(bots, Map.of("out", 31)).of(id).stream().map(reason -> reason.bot() + " " + reason.text())
                .collect(Collectors.joining("; "));
    }

    @Test
    void followsAFullQueueToTheOneThatDoesNotEmptyIt() {
        add("in", "Collector", BotState.RUNNING, 0, 0, "expert-queue", null, null, "expert");
        add("expert", "Expert", BotState.RUNNING, 0, 50_000, "out-queue", null, null, "out");
        add("out", "Output", BotState.RUNNING, 0, 50_112, null, "database refuses", null, null);
        assertEquals("in is held by expert: its queue 'expert-queue' is full, 50,000 events wait; expert is held by out: its queue 'out-queue' is full, "
                + "50,112 events wait; out waits for another system: database refuses (31x)", why("in"));
    }

    @Test
    void looksUpstreamWhereNothingComes() {
        add("in", "Collector", BotState.RUNNING, 0, 0, null, null, null, "gone");
        add("gone", "Parser", BotState.STOPPED, 0, 3, null, null, "out of order", "out");
        add("out", "Output", BotState.RUNNING, 0, 0, null, null, null, null);
        assertEquals("out has nothing to do: its queue 'out-queue' is empty; gone has stopped because of an error: out of order", why("out"));
        assertEquals("in polls its source again at 2026-01-02T03:04:05Z", why("in"));
    }

    @Test
    void saysWhatFailsAndWhatIsOnlySlow() {
        add("fails", "Expert", BotState.RUNNING, 0, 4, null, null, "KeyError", "slow");
        add("slow", "Output", BotState.RUNNING, 12, 1, null, null, null, null);
        add("held", "Expert", BotState.RUNNING, 0, 4, "slow-queue", null, null, "slow");
        assertEquals("fails fails: KeyError (31x)", why("fails"));
        assertEquals("", why("slow"), "it works");
        assertEquals("held is held by slow: its queue 'slow-queue' is full, 1 event wait; slow works at 12.0 events a second, 1 event wait", why("held"));
    }

    @Test
    void aBotThatShouldNotRunDoesNotFail() {
        add("runs", "Expert", BotState.RUNNING, 0, 4, null, null, "KeyError", null);
        add("gone", "Expert", BotState.STOPPED, 0, 4, null, null, "KeyError", null);
        add("disabled", "Expert", BotState.DISABLED, 0, 4, null, null, "KeyError", null);
        assertEquals(List.of("runs", "gone"), bots.values().stream().filter(BotView::fails).map(BotView::id).toList());
    }

    @Test
    void endsWhereBotsSendInACircle() {
        add("a", "Expert", BotState.RUNNING, 0, 0, null, null, null, "b");
        add("b", "Expert", BotState.RUNNING, 0, 0, null, null, null, "a");
        assertEquals("a has nothing to do: its queue 'a-queue' is empty; b has nothing to do: no other bot sends to its queue 'b-queue'", why("a"));
    }
}
