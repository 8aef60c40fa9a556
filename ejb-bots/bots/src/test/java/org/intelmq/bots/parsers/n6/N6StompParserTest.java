package org.intelmq.bots.parsers.n6;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class N6StompParserTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), N6StompParser.TYPE);
    }
}
