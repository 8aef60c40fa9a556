package org.intelmq.bots.experts.formatfield;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.testing.BotCases;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatFieldExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), FormatFieldExpert.TYPE);
    }

    /** An empty old_value stands before each character. */
    @Test
    void refusesAFieldThatReplacingMakesTooLong() {
        FormatFieldExpert.Params params = new FormatFieldExpert.Params(List.of(), " ", "comment", "", "x".repeat(1000), -1, "", ",");
        Bot<Message> expert = new FormatFieldExpert(params);
        Event event = new TestContext().newEvent();
        event.add(Fields.COMMENT, "a".repeat(1_000_000));
        String reason = assertThrows(IllegalArgumentException.class, () -> expert.process(event, new RecordingOutbox())).getMessage();
        assertTrue(reason.contains("more than 32000000 characters"), reason);
    }
}
