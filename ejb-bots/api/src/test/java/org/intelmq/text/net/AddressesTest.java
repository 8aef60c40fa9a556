package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({"2001:0db8::0001, 2001:db8::1", "1:0:0:2:0:0:0:3, 1:0:0:2::3", "0:0:0:0:0:0:0:0, ::", "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7", "64:ff9b::192.0.2.33, 64:ff9b::c000:221", "fe80::1%en0, fe80::1%en0", "192.0.2.33, 192.0.2.33"})
    void writesTheShortestForm(String given, String expected) {
        assertEquals(expected, IpAddress.parse(given).toString());
    }

    @ParameterizedTest
    @CsvSource({"1:2:3:4:5:6:7", "1::2::3", ":1::2", "1:", "12345::", "::1.2.3", "g::", "fe80::1%", "192.0.2.033", "192.0.2", "192.0.2.256",
        "1:2:3:4:5:6:7:8:9", "::1/64", "'192.0.2.1 '", "١.2.3.4"})
    void refusesOtherForms(String text) {
        assertNull(IpAddress.parseOrNull(text));
    }

    @Test
    void bytesAgreeWithTheJdk() throws UnknownHostException {
        Random random = new Random(9);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 2_000; i++) {
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                bytes[4 + random.nextInt(6)] = 0;
                bytes[5 + random.nextInt(6)] = 0;
            }
            IpAddress address = IpAddress.parse(InetAddress.getByAddress(bytes).getHostAddress());
            assertEquals(address, IpAddress.parse(address.toString()));
            assertEquals(address, IpAddress.ofNumber(address.toNumber()));
            assertEquals(InetAddress.getByAddress(bytes), InetAddress.getByAddress(address.toBytes()));
        }
    }

    @Test
    void networksContainAddresses() {
        IpNetwork network = IpNetwork.parse("192.0.2.77/27", true);
        assertEquals("192.0.2.64/27", network.toString());
        assertTrue(network.contains(IpAddress.parse("192.0.2.95")));
        assertFalse(network.contains(IpAddress.parse("192.0.2.96")));
        assertThrows(IllegalArgumentException.class, () -> IpNetwork.parse("192.0.2.77/27", false));
        assertEquals("2001:db8::/33", IpNetwork.parse("2001:db8:7fff::1/33", true).toString());
        assertEquals(24, IpNetwork.parse("192.0.2.0/0.0.0.255", false).prefix());
    }

    @Test
    void reverseNamesEndWithADot() {
        assertEquals("33.2.0.192.in-addr.arpa.", IpAddress.parse("192.0.2.33").reverseName());
        assertEquals("33.2.0.192.in-addr.arpa.", IpAddress.parse("::ffff:192.0.2.33").reverseName());
    }

    @Test
    void namesBecomeAscii() {
        assertEquals("xn--bcher-kva.example", Idna.toAscii("Bücher。example"));
        assertEquals("straSSe.example", Idna.toAscii("straSSe.example"));
        assertEquals("strasse.example.", Idna.toAscii("straße.example。"));
        assertThrows(IllegalArgumentException.class, () -> Idna.toAscii("ü..example"));
        assertThrows(IllegalArgumentException.class, () -> Idna.toAscii("a".repeat(64) + ".example"));
    }
}
