package org.intelmq.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.intelmq.bot.CacheParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotMemoriesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final CacheParams EMBEDDED = new CacheParams(null, "127.0.0.1", 6379, 6, null, DAY);

    @TempDir
    private Path directory;

    @Test
    void instancesOfOneBotShareWhatItRemembersAndOtherBotsDoNot() {
        try (BotMemories states = new BotMemories(directory, Clock.systemUTC());
                TransactionalState one = states.open("bot", EMBEDDED);
                TransactionalState two = states.open("bot", EMBEDDED);
                TransactionalState other = states.open("other-bot", EMBEDDED)) {
            one.begin("input-1");
            assertTrue(one.remember("key", DAY));
            two.begin("input-2");
            assertFalse(two.remember("key", DAY));
            other.begin("input-3");
            assertTrue(other.remember("key", DAY));
        }
    }

    @Test
    void aRestartedBotRemembers() {
        try (BotMemories states = new BotMemories(directory, Clock.systemUTC())) {
            try (TransactionalState state = states.open("bot", EMBEDDED)) {
                state.begin("input-1");
                assertTrue(state.remember("key", DAY));
                state.flush();
            }
            try (TransactionalState state = states.open("bot", EMBEDDED)) {
                state.begin("input-2");
                assertFalse(state.remember("key", DAY));
            }
        }
    }
}
