package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

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
}
