package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNumbersTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.31.0.1", "192.0.2.1", "192.168.0.1",
            "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fdff::1", "fe80::1", "febf::1", "fe80::1%eth0", "2001:db8::1",
            "3fff::1", "ff02::1", "::ffff:10.0.0.1"})
    void addressesOfNobody(String address) {
        assertEquals(true, ReservedNumbers.contain(IpAddress.parse(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "192.167.255.255", "2001:4860::1", "fbff::1", "2a00::1", "2001:db7::1",
            "::ffff:8.8.8.8"})
    void addressesOfSomebody(String address) {
        assertEquals(false, ReservedNumbers.contain(IpAddress.parse(address)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 64496, 64511, 64512, 65534, 65535, 65536, 65551, 4_200_000_000L, 4_294_967_294L, 4_294_967_295L})
    void asNumbersOfNobody(long asn) {
        assertEquals(true, ReservedNumbers.contain(asn));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3320, 64495, 65552, 4_199_999_999L})
    void asNumbersOfSomebody(long asn) {
        assertEquals(false, ReservedNumbers.contain(asn));
    }
}
