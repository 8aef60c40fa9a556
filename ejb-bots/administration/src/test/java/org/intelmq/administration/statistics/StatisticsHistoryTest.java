package org.intelmq.administration.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.administration.bots.BotView;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsHistoryTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:00Z");

    @TempDir
    private Path folder;

    private static BotView bot(String group, long received, long sent, long waiting) {
        return new BotView("a-" + group.toLowerCase(Locale.ROOT), null, group, "m", null, true, "continuous", BotState.RUNNING, false, null, Map.of(), 0,
                received, Map.of("_default", sent), waiting, null, 0, 0, null, null, null, null, null, null, List.of());
    }

    private StatisticsHistory at(int minute) {
        return new StatisticsHistory(folder, Clock.fixed(START.plusSeconds(60L * minute), ZoneOffset.UTC));
    }

    @Test
    void survivesARestartAndShowsWhereNothingWasWrittenDown() throws Exception {
        at(0).record(List.of(bot("Expert", 10, 20, 5)));
        at(1).record(List.of(bot("Expert", 13, 26, 0)));
        at(3).record(List.of(bot("Expert", 2, 4, 1)));
        at(4).record(List.of(bot("Expert", 3, 6, 1)));
        Series series = at(4).of("a-expert", START, null);
        assertEquals(List.of(START, START.plusSeconds(60), START.plusSeconds(120), START.plusSeconds(180), START.plusSeconds(240)), series.times());
        assertEquals(Arrays.asList(null, 3L, null, null, 1L), series.received());
        assertEquals(Arrays.asList(null, 6L, null, null, 2L), series.sent());
        assertEquals(Arrays.asList(5L, 0L, null, 1L, 1L), series.waiting());
        assertEquals(START.plusSeconds(240), at(9).earlierSuccess("a-expert"));
    }

    @Test
    void keepsADayAndNoMore() throws Exception {
        for (int minute = 0; minute < 1500; minute++) {
            new Ring(folder.resolve("long.ring")).add(new Minute(1_000_000 + minute, minute, 0, 0, 0));
        }
        assertEquals(1440 * 44, Files.size(folder.resolve("long.ring")));
        assertEquals(1440, new Ring(folder.resolve("long.ring")).read(0, Long.MAX_VALUE).size());
    }

    @Test
    void leavesOutAMinuteThatACrashHasTorn() throws Exception {
        Ring ring = new Ring(folder.resolve("torn.ring"));
        ring.add(new Minute(1440, 1, 2, 3, 4));
        ring.add(new Minute(1441, 5, 6, 7, 8));
        byte[] content = Files.readAllBytes(folder.resolve("torn.ring"));
        content[20] ^= 1;
        Files.write(folder.resolve("torn.ring"), content);
        assertEquals(List.of(new Minute(1441, 5, 6, 7, 8)), ring.read(0, Long.MAX_VALUE));
    }

    @Test
    void aBotThatGoesTakesNothingFromTheTotals() throws Exception {
        StatisticsHistory history = new StatisticsHistory(folder, new Clock() {
            private int minute;

            @Override
            public Instant instant() {
                return START.plusSeconds(60L * minute++);
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
        history.record(List.of(bot("Collector", 1, 100, 0), bot("Output", 40, 0, 3)));
        history.record(List.of(bot("Collector", 2, 110, 0), bot("Output", 45, 0, 2)));
        history.record(List.of(bot("Collector", 3, 120, 0)));
        Series totals = history.totals(START, START.plusSeconds(120));
        assertEquals(Arrays.asList(null, 10L, 10L), totals.received());
        assertEquals(Arrays.asList(null, 5L, 0L), totals.sent());
        assertEquals(Arrays.asList(3L, 2L, 0L), totals.waiting());
        assertTrue(Files.exists(folder.resolve("_all.ring")));
    }
}
