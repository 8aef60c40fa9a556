package org.intelmq.bots.experts.url2fqdn;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class Url2fqdnExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), Url2fqdnExpert.TYPE);
    }
}
