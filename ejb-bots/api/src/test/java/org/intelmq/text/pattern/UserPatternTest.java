package org.intelmq.text.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserPatternTest {

    @ParameterizedTest
    @CsvSource(nullValues = "!", value = {
        "\\d+, a٤2b, ٤2",
        "\\w+, -grün_1-, grün_1",
        "^b$, 'b\n', b",
        "b\\Z, 'b\n', !",
        "[[:x], a[, [",
        "'a{,2}b', aaab, aab",
        "a{x}, a{x}, a{x}",
        "(?i)ÄB, xäb, äb",
        "(?x) a b # comment, ab, ab",
        "(a)(?=b), aab, a",
        "(?P<q>['\"]).*?(?P=q), x'y\"z', '''y\"z'''",
        "\\bé\\b, 'a é', é",
    })
    void readsPatternsAsPythonDoes(String regex, String text, String expected) {
        assertEquals(expected, UserPattern.of(regex).firstMatch(text));
    }

    @Test
    void groupsHaveNumbersAndNames() {
        PatternMatch match = UserPattern.of("(?P<first_part>[a-z]+)(-)?(?P<rest>\\d+)?").search(": ab-");
        assertEquals("ab", match.group("first_part"));
        assertEquals("-", match.group(2));
        assertNull(match.group("rest"));
        assertEquals(2, match.start());
        assertEquals(List.of("first_part", "rest"), List.copyOf(match.namedGroups().keySet()));
    }

    @Test
    void matchesAtTheStartAndAsAWhole() {
        UserPattern pattern = UserPattern.of("a+");
        assertNull(pattern.matchAtStart("ba"));
        assertEquals("aa", pattern.matchAtStart("aab").group(0));
        assertNull(pattern.matchWhole("aab"));
        assertEquals(2, pattern.findAll("aa b a").size());
    }

    @ParameterizedTest
    @CsvSource({"(", "a)", "[a", "\\q", "(?P<1a>x)", "(?P=x)", "a(?i)", "*a", "\\2", "[b-a]"})
    void saysWhatIsWrong(String regex) {
        assertThrows(IllegalArgumentException.class, () -> UserPattern.of(regex));
    }

    @Test
    void cannotHang() {
        String text = "a".repeat(5_000) + "!";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertFalse(UserPattern.of("^(a+)+$").find(text));
            assertThrows(PatternTooCostly.class, () -> UserPattern.of("^(?=(a+)+$)(a+)+$").find(text));
            assertThrows(PatternTooCostly.class, () -> UserPattern.of("(a|b)*(?<!x)$\\1").find("ab".repeat(100_000)));
            assertTrue(UserPattern.of("[\\S]\u1c90", true).find("x\u1c90"));
        });
    }

    @Test
    void simplePatternsNeedNoEngine() {
        assertTrue(PlainPattern.of("^[A-F0-9./]+$").find("AB/1.\n"));
        assertFalse(PlainPattern.of("^[a-z]{2}$").find("abc"));
        assertFalse(PlainPattern.of("^.*[^\\.]$").find("a."));
        assertTrue(PlainPattern.of("^.*[^\\.]$").find("a.\n"));
        assertEquals(Set.of("tcp", "udp"), PlainPattern.words("^(tcp|nvp(-ii)?|tp\\+|udp)$"));
        assertEquals(Set.of(), PlainPattern.words("^(?!tcp|udp)$"));
    }

    /** As deep as the text of an event can be, which a rule may use as an expression. */
    @ParameterizedTest
    @CsvSource({"(, a, )", "(?:, (a), )", "(?=, a, )", "a?, a, a", "[a-z], a, b"})
    void refusesWhatIsNestedTooDeeplyOrTooLong(String begin, String middle, String end) throws InterruptedException {
        String regex = begin.repeat(60_000) + middle + end.repeat(60_000);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread small = new Thread(null, () -> {
            try {
                UserPattern.of(regex).find("a".repeat(1000));
            } catch (Throwable e) {
                thrown.set(e);
            }
        }, "small stack", 512 << 10);
        small.start();
        small.join();
        assertTrue(thrown.get() instanceof IllegalArgumentException, () -> String.valueOf(thrown.get()));
    }

    @Test
    void findsNoMoreThanMemoryHolds() {
        UserPattern groups = UserPattern.of("(a)".repeat(500) + "|b");
        assertThrows(PatternTooCostly.class, () -> groups.findAll("b".repeat(1_000_000)));
        assertEquals(1000, groups.findAll("b".repeat(1000)).size());
    }
}
