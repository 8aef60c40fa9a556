package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlHostTest {

    @Test
    void isTheHostWithoutWhatIsAroundIt() {
        assertEquals("192.168.1.1", UrlHost.of("http://192.168.1.1:8080/bin.sh"));
        assertEquals("10.0.0.1", UrlHost.of("http://user:pw@10.0.0.1/"));
        assertEquals("2001:db8::1", UrlHost.of("http://[2001:DB8:0::1]:80/"));
        assertEquals("fe80::1", UrlHost.of("http://[fe80::1%25eth0]/"));
        assertEquals("a.example", UrlHost.of("HTTPS://A.Example.:443/"));
        assertEquals("a.example", UrlHost.of("http://b.example@a.example"));
    }

    @Test
    void isInIdnaForm() {
        assertEquals("xn--bcher-kva.example", UrlHost.of("http://B\u00fccher.example:80/"));
        assertEquals("a.example", UrlHost.of("http://a\u3002example/"));
    }

    @Test
    void isNothingWhereThereIsNone() {
        assertNull(UrlHost.of("mailto:a@example.com"));
        assertNull(UrlHost.of("http://:80/"));
        assertNull(UrlHost.of("http://./"));
        assertNull(UrlHost.of("http://a..example/"));
        assertNull(UrlHost.of("http://[::1/"));
    }

    @ParameterizedTest
    @CsvSource({"0x7f.1, 127.0.0.1", "2130706433, 127.0.0.1", "0300.0250.1, 192.168.0.1", "010.0.0.1, 8.0.0.1", "0xC0A80001, 192.168.0.1", "10.1, 10.0.0.1",
        "192.168.1, 192.168.0.1", "1.2.3.4., 1.2.3.4", "256.1.1.1, ", "1.2.3.4.5, ", "4294967296, ", "08.1.1.1, ", "a.1, ", "99999999999999999999, ",
        "1.2.3.4a, 1.2.3.4a", "0xfg, 0xfg", "3com.example, 3com.example"})
    void numbersAreAddressesAsBrowsersTakeThem(String host, String expected) {
        assertEquals(expected, UrlHost.of("http://" + host + "/"));
    }
}
