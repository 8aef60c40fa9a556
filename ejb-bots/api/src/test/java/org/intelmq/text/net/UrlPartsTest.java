package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.intelmq.text.time.RelativeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPartsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', nullValues = "none", value = {
            "http://Example.COM/a;b?c#d~http~example.com~-1~none~/a~/a;b",
            "https://admin:secret@www.example.com:8443/x~https~www.example.com~8443~admin~/x~/x",
            "HTTP://[2001:DB8::1]:80/~http~2001:db8::1~80~none~/~/",
            "ftp://user@h@example.org~ftp~example.org~-1~user@h~''~''",
            "example.com/path~''~none~-1~none~example.com/path~example.com/path",
            "mailto:a@example.com~mailto~none~-1~none~a@example.com~a@example.com",
            "//example.net:~''~example.net~-1~none~''~''",
            "1x://example.net~''~none~-1~none~1x://example.net~1x://example.net",
            "http://fe80::1%Eth0/~http~fe80~0~none~/~/"})
    void splitsAsPython(String address, String scheme, String host, int port, String user, String path, String wholePath) {
        UrlParts parts = UrlParts.split(address);
        assertEquals(scheme, parts.scheme());
        assertEquals(host, parts.host());
        assertEquals(user, parts.user());
        assertEquals(path, parts.pathWithoutParameters());
        assertEquals(wholePath, parts.path());
        if (port != 0) {
            assertEquals(port, parts.port());
        }
    }

    @Test
    void refusesBracketsThatDoNotCloseAndPortsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> UrlParts.split("http://[::1/"));
        assertThrows(IllegalArgumentException.class, () -> UrlParts.split("http://example\u2100.com/"));
        assertThrows(IllegalArgumentException.class, () -> UrlParts.split("http://example.com:70000/").port());
        assertThrows(IllegalArgumentException.class, () -> UrlParts.split("http://example.com:a/").port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:/a.example", "HTTP//a.example", "https:a.example", "mailto:a@b.example", "javascript:x", "None", "null", "ftp://a.example/"})
    void whatHasASchemeOrIsNoAddressStaysAsItIs(String address) {
        assertEquals(address, UrlParts.completed(address, "http://"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "localhost:8080/x", "http.example/", "nonesuch.example", "user@a.example", "data:8080/x"})
    void whatHasNoSchemeGetsOne(String address) {
        assertEquals("http://" + address, UrlParts.completed(address, "http://"));
    }

    @Test
    void readsSpansOfTime() {
        assertEquals(Duration.ofHours(4), RelativeTime.parse("4 hours"));
        assertEquals(Duration.ofDays(365), RelativeTime.parse(" 1 year "));
        assertEquals(Duration.ofDays(60), RelativeTime.parse("2 months"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4hours", "hours", "-1 day", "1 fortnight", "1 day ago", "99999999999999999999 years", "9223372036854775807 years"})
    void refusesWhatIsNoSpan(String text) {
        assertThrows(IllegalArgumentException.class, () -> RelativeTime.parse(text));
    }
}
