package org.intelmq.bots.experts.securitytxt;

import java.io.IOException;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SecurityTxtExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), SecurityTxtExpert.TYPE);
    }
}
