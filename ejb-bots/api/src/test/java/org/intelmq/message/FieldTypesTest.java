package org.intelmq.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypesTest {

    private static final Clock LEAP_DAY = Clock.fixed(Instant.parse("2024-02-29T10:00:00Z"), ZoneOffset.UTC);

    private static FieldType type(String name) {
        return FieldTypes.named(name, LEAP_DAY);
    }

    /** {@code !} stands for what cannot be cleaned. */
    @ParameterizedTest
    @CsvSource(nullValues = "!", value = {
        "String, '  a b ', 'a b'",
        "LowercaseString, ' MiRai ', mirai",
        "LowercaseString, ΟΔΟΣ, οδος",
        "UppercaseString, at, AT",
        "Base64, grün, Z3LDvG4=",
        "ClassificationTaxonomy, Malicious Code, malicious-code",
        "ClassificationType, C&C, c2-server",
        "ClassificationType, backdoor, system-compromise",
        "ClassificationType, nonsense, nonsense",
        "Registry, ripe-ncc, RIPE",
        "TLP, tlp: yellow, AMBER",
        "TLP, TLPred, RED",
        "IPAddress, 203.0.113.9/32, 203.0.113.9",
        "IPAddress, 203.0.113.0/24, !",
        "IPAddress, 3405803785, 203.0.113.9",
        "IPAddress, 203.0.113.09, !",
        "IPAddress, 2001:DB8:0:0::0:1, 2001:db8::1",
        "IPAddress, fe80::7%wlan0, fe80::7",
        "IPAddress, ::ffff:203.0.113.9/128, ::ffff:cb00:7109",
        "IPNetwork, 203.0.113.77/28, 203.0.113.64/28",
        "IPNetwork, 203.0.113.77/255.255.255.0, 203.0.113.0/24",
        "IPNetwork, 2001:db8::5/129, !",
        "FQDN, .Exämple.ORG., xn--exmple-cua.org",
        "FQDN, a..b, !",
        "URL, ' hxxps://example.org/x ', https://example.org/x",
        "URL, HXXP://example.org/, HXXP://example.org/",
        "URL, file:///etc/x, file://localhost/etc/x",
        "URL, example.org/x, !",
        "DateTime, 2024-03-05 12:34:56, 2024-03-05T12:34:56+00:00",
        "DateTime, '5 March 2024, 1:02 pm', 2024-03-05T13:02:00+00:00",
        "DateTime, 04/05/2024, 2024-04-05T00:00:00+00:00",
        "DateTime, 2024-03-05T12:00:00 GMT+3, 2024-03-05T09:00:00+00:00",
        "DateTime, 07:30, 2024-02-29T07:30:00+00:00",
        "DateTime, 2023-06, 2023-06-29T00:00:00+00:00",
        "DateTime, yesterday, !",
        "DateTime, 2023-02-30, !",
        "JSON, ' [1] ', [1]",
        "JSON, not json, '\"not json\"'",
        "JSONDict, '{\"b\": 1}', '{\"b\": 1}'",
    })
    void cleansText(String name, String given, String expected) {
        assertEquals(expected, type(name).sanitize(given));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "!", value = {" 42 , 42", "+1_000, 1000", "٤٢, 42", "4.2, !", "'', !", "1__0, !", "0x10, !"})
    void readsWholeNumbers(String given, Long expected) {
        assertEquals(expected, type("Integer").sanitize(given));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "!", value = {"' 4.5e1 ', 45.0", ".5, 0.5", "5., 5.0", "-inf, !", "0x1p3, !", "1d, !", "1_0.5, 10.5"})
    void readsNumbers(String given, Double expected) {
        assertEquals(expected, type("Float").sanitize(given));
    }

    @Test
    void numbersKeepTheirKind() {
        assertEquals(new BigInteger("123456789012345678901234567890"), type("Integer").sanitize("123456789012345678901234567890"));
        assertEquals(7L, type("Integer").sanitize(7.9));
        assertThrows(ArithmeticException.class, () -> type("Integer").sanitize(Double.POSITIVE_INFINITY));
        assertEquals(100.0, type("Accuracy").sanitize(true));
        assertNull(type("Accuracy").sanitize("100.5"));
        assertNull(type("Accuracy").sanitize(Double.NaN));
        assertEquals(64_496L, type("ASN").sanitize("As64496"));
        assertNull(type("ASN").sanitize("4294967296"));
        assertEquals(true, type("Boolean").sanitize(" TRUE "));
        assertNull(type("Boolean").sanitize("1"));
        assertEquals(false, type("Boolean").sanitize(0L));
        assertNull(type("Boolean").sanitize(1.0));
    }

    @Test
    void otherValuesBecomeTextAsPythonWritesThem() {
        assertEquals("[1, 'a', None, True, 1e+20]", type("String").sanitize(Arrays.asList(1L, "a", null, true, 1e20)));
        assertNull(type("String").sanitize(0L));
        assertNull(type("LowercaseString").sanitize(5L));
        assertEquals("0.0.0.7", type("IPAddress").sanitize(7L));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1L));
        map.put("a", 0.1);
        assertEquals("{\"a\": 0.1, \"b\": [1]}", type("JSONDict").sanitize(map));
    }

    @Test
    void validityIsStricterThanCleaning() {
        assertFalse(type("IPAddress").isValid("0.0.0.0"));
        assertFalse(type("IPAddress").isValid(7L));
        assertFalse(type("IPNetwork").isValid("203.0.113.77/28"));
        assertFalse(type("FQDN").isValid("Example.org"));
        assertFalse(type("FQDN").isValid("203.0.113.9"));
        assertFalse(type("FQDN").isValid("example.org:80"));
        assertTrue(type("FQDN").isValid("_dmarc.example.org"));
        assertFalse(type("DateTime").isValid("2024-03-05T12:34:56Z"));
        assertTrue(type("DateTime").isValid("2024-3-5T1:2:3.5+00:00"));
        assertFalse(type("JSONDict").isValid("{}"));
        assertTrue(type("Accuracy").isValid(true));
        assertFalse(type("Float").isValid(true));
        assertTrue(type("Base64").isValid("YQ=="));
        assertThrows(IllegalArgumentException.class, () -> type("Base64").isValid("YQ="));
        assertThrows(IllegalArgumentException.class, () -> type("URL").isValid("http://[::1/"));
    }

    @Test
    void refusesWhatIsNoNumberNoNameAndNoHost() {
        for (String number : List.of("nan", "inf", "-Infinity")) {
            assertNull(type("Float").clean(number), number);
        }
        assertFalse(type("Float").isValid(Double.NaN));
        assertFalse(type("Float").isValid(Double.POSITIVE_INFINITY));
        assertFalse(type("JSON").isValid("{\"a\": [NaN]}"));
        assertTrue(type("JSON").isValid("{\"a\": \"NaN\"}"));
        assertFalse(type("JSONDict").isValidSubitem(Double.NaN));
        assertFalse(type("JSONDict").isValidSubitem(List.of(Double.NaN)));
        assertFalse(type("JSONDict").isValid("{\"a\": 1e400}"));
        for (String name : List.of("ns1.example.com ns2.example.com", "a.example,b.example", "ns1[.]example[.]com", "(example.com)", "ex%61mple.com",
                "exa\tmple.com", "exa\u00a0mple.com", "None", "null", "NaN", "<example.com>")) {
            assertNull(type("FQDN").clean(name), name);
        }
        assertEquals("*.example.com", type("FQDN").clean("*.example.com"));
        for (String url : List.of("http://exa mple.com/", "http://a.example,b.example/", "http://example.com:port/", "http://http:example.com",
                "http://%zz", "http://u:p@exa mple.com/", "http://(example.com)/", "http://example.com:80:80/", "http://2001:db8::1/")) {
            assertNull(type("URL").clean(url), url);
        }
        for (String url : List.of("http://u%20x:p@example.com:80/a b,c[d]%zz", "http://[2001:db8::1]:8080/", "http://example.com:/",
                "https://*.example.com/")) {
            assertEquals(url, type("URL").clean(url));
        }
    }

    @Test
    void quickReadingsOfNamesAgreeWithTheGeneralOnes() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String name = random(random, "ab09-_.xA:/", 12) + (random.nextBoolean() ? ".example" : "");
            assertEquals(FqdnType.sanitizeAny(name), type("FQDN").sanitize(name), name);
            assertEquals(outcome(() -> !name.isEmpty() && FqdnType.isValidAny(name)), outcome(() -> type("FQDN").isValid(name)), name);
        }
    }

    @Test
    void quickReadingsOfUrlsAgreeWithTheGeneralOnes() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            String url = (random.nextBoolean() ? "http://" : "https://") + random(random, "ab.:@/?#_- \t[hx", 12) + (i % 7 == 0 ? "hxxp://" : "");
            assertEquals(outcome(() -> UrlType.sanitizeAny(url)), outcome(() -> type("URL").sanitize(url)), url);
            assertEquals(outcome(() -> UrlType.isValidAny(url)), outcome(() -> type("URL").isValid(url)), url);
        }
    }

    private interface Question {
        Object ask();
    }

    private static Object outcome(Question question) {
        try {
            return question.ask();
        } catch (IllegalArgumentException e) {
            return "throws";
        }
    }

    private static String random(Random random, String characters, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(longest); length > 0; length--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
