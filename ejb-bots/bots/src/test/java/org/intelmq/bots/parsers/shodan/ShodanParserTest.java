package org.intelmq.bots.parsers.shodan;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ShodanParserTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), ShodanParser.TYPE);
    }
}
