package org.intelmq.text.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternStartTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"^conficker(p2p)?$~conficker", "^ab?c~a", "^ab*~a", "^ab{0}c~a", "^ab+c~ab", "^http://~http://", "^a|b~''",
            "^a(b|c)~a", "^a[|]b~''",
            "conf~''", "^~''", "^.*~''", "^a\\|b~a", "(?i)^a~''", "^x$~x"})
    void isWhatEveryMatchStartsWith(String regex, String start) {
        assertEquals(start, PlainPattern.start(regex));
    }

    @ParameterizedTest
    @CsvSource({"^family1(p2p)?$, family1p2p, true", "^family1(p2p)?$, family12, false", "^family1(p2p)?$, other, false", "^a|b, xb, true"})
    void changesNothingInWhatIsFound(String regex, String text, boolean found) {
        UserPattern pattern = UserPattern.of(regex, false);
        assertEquals(found, pattern.find(text));
        assertEquals(found, pattern.search(text) != null);
    }
}
