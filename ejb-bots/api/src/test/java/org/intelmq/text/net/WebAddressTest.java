package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WebAddressTest {

    private static String of(String url) {
        return WebAddress.of(url).toString();
    }

    @Test
    void isAsItWasWhereNothingIsOdd() {
        assertEquals("http://a.example/b/?c=d&e=%20", of("http://a.example/b/?c=d&e=%20"));
        assertEquals("https://u:p@192.0.2.1:8080/x", of("https://u:p@192.0.2.1:8080/x#top"));
        assertEquals("http://[2001:db8::1]:80/", of("http://[2001:DB8::1]:80/"));
    }

    @Test
    void encodesWhatMayNotStandInIt() {
        assertEquals("http://xn--bcher-kva.example/%C3%BC", of("http://B\u00fccher.example/\u00fc"));
        assertEquals("http://a.example/x%7Cy%20z?q=%5B1%5D%25%25", of("http://a.example/x|y z?q=[1]%%"));
        assertEquals("http://a.example/100%25", of("http://a.example/100%"));
    }

    @Test
    void isRefusedWithoutHost() {
        assertThrows(IllegalArgumentException.class, () -> of("a.example/x"));
        assertThrows(IllegalArgumentException.class, () -> of("http://"));
        assertThrows(IllegalArgumentException.class, () -> of("http://a.example:port/"));
    }
}
