package org.intelmq.bots.parsers.certeu;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CertEuCsvParserTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), CertEuCsvParser.TYPE);
    }
}
