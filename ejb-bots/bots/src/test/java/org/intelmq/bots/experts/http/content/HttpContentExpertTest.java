package org.intelmq.bots.experts.http.content;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.bots.experts.http.HttpContentExpert;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HttpContentExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), HttpContentExpert.TYPE);
    }
}
