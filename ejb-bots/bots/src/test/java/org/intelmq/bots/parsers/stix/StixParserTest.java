package org.intelmq.bots.parsers.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.testing.BotCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StixParserTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), StixParser.TYPE);
    }

    private static List<String> compared(String pattern) {
        return StixPattern.equalities(pattern).stream().map(each -> each.object() + ' ' + each.property() + ' ' + each.value()).toList();
    }

    @Test
    void findsWhatIsComparedForEquality() {
        assertEquals(List.of("url value http://a.example/'x\\"), compared("[url:value = 'http://a.example/\\'x\\\\']"));
        assertEquals(List.of("file hashes.SHA-256 aa", "file hashes.MD5 bb"), compared("[file:hashes.'SHA-256' = 'aa' OR file:hashes.MD5='bb']"));
        assertEquals(List.of("ipv4-addr value 192.0.2.1", "domain-name value a.example"), compared(
                "([ipv4-addr:value = '192.0.2.1' AND network-traffic:dst_port = 80] FOLLOWEDBY [domain-name:value = 'a.example']) WITHIN 300 SECONDS "
                        + "START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'"));
        assertEquals(List.of("ipv4-addr value 192.0.2.1", "ipv4-addr value 192.0.2.2"), compared("[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]"));
        assertEquals(List.of("process extensions.x.y z"), compared("[process:extensions.'x'.y = 'z']"));
    }

    @Test
    void passesOverOtherComparisons() {
        assertEquals(List.of(), compared("[ipv4-addr:value != '192.0.2.1']"));
        assertEquals(List.of(), compared("[ipv4-addr:value NOT = '192.0.2.1']"));
        assertEquals(List.of(), compared("[url:value LIKE '%.example']"));
        assertEquals(List.of(), compared("[url:value MATCHES '^http:']"));
        assertEquals(List.of(), compared("[ipv4-addr:value NOT IN ('192.0.2.1')]"));
        assertEquals(List.of(), compared("[EXISTS ipv4-addr:value]"));
        assertEquals(List.of(), compared("[file:size > 10]"));
        assertEquals(List.of("file hashes.MD5 x"), compared("[windows-registry-key:values[*].name = h'ff' AND file:hashes.MD5 = 'x']").stream()
                .filter(each -> each.startsWith("file")).toList());
    }

    @Test
    void tellsWhereAPatternCannotBeRead() {
        assertEquals("the pattern cannot be read at position 13: expected the end of the text that begins here",
                assertThrows(IllegalArgumentException.class, () -> compared("[url:value = 'x]")).getMessage());
        for (String wrong : List.of("", "x", "[url:value = 'x'", "url:value = 'x']", "[[url:value = 'x']]", "[url:value IN ('x'", "[url:value",
                "[url:value =", "[url:")) {
            assertThrows(IllegalArgumentException.class, () -> compared(wrong), wrong);
        }
    }
}
