package org.intelmq.bots.experts.http.status;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.bots.experts.http.HttpStatusExpert;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HttpStatusExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), HttpStatusExpert.TYPE);
    }
}
