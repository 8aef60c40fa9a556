package org.intelmq.bots.parsers.cymru.fullbogons;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CymruFullBogonsParserTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), CymruFullBogonsParser.TYPE);
    }
}
