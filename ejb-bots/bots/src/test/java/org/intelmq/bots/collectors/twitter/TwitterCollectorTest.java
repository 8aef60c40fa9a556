package org.intelmq.bots.collectors.twitter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.Poll;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class TwitterCollectorTest {

    @Test
    void tellsAtTheStartThatItsInterfaceIsGone() {
        assertEquals("parameter 'module' cannot be \"intelmq.bots.collectors.twitter.collector_twitter\": the interface 1.1 of Twitter, which this bot reads, "
                + "was switched off in 2023. Remove the bot; texts from elsewhere can be sent to the parser intelmq.bots.parsers.twitter.parser",
                assertThrows(ConfigurationException.class, () -> Poll.collector(TwitterCollector.TYPE, new TestContext(), "target_timelines", "a,b",
                        "consumer_key", "k", "timelimit", 86400L)).getMessage());
    }
}
