package org.intelmq.text.net;

import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses and AS numbers that belong to nobody on the Internet: private, local, for documentation or otherwise reserved. Source: the
 * special-purpose registries of IANA. Thread-safe.
 */
public final class ReservedNumbers {

    private static final List<IpNetwork> V4 = networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");
    private static final List<IpNetwork> V6 = networks("::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:10::/28",
            "2001:20::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8");
    /** First bytes of the IPv4 addresses of reserved networks: most addresses need no closer look. */
    private static final boolean[] FIRST_BYTES = firstBytes();
    private static final IpNetwork MAPPED_V4 = IpNetwork.parse("::ffff:0:0/96", false);

    private ReservedNumbers() { }

    private static List<IpNetwork> networks(String... texts) {
        return Stream.of(texts).map(text -> IpNetwork.parse(text, false)).toList();
    }

    private static boolean[] firstBytes() {
        boolean[] reserved = new boolean[256];
        for (int first = 0; first < reserved.length; first++) {
            long lowest = (long) first << 24;
            for (IpNetwork network : V4) {
                // either has the other within it
                reserved[first] |= network.contains(IpAddress.ofV4(lowest)) || IpNetwork.parse(first + ".0.0.0/8", false).contains(network.address());
            }
        }
        return reserved;
    }

    /** An IPv4 address embedded in an IPv6 address counts as itself. */
    public static boolean contain(IpAddress address) {
        IpAddress plain = address.withoutZone();
        if (!plain.isV4() && MAPPED_V4.contains(plain)) {
            plain = IpAddress.ofV4(plain.lower() & 0xffffffffL);
        }
        if (plain.isV4() && !FIRST_BYTES[(int) (plain.lower() >>> 24) & 0xff]) {
            return false;
        }
        for (IpNetwork network : plain.isV4() ? V4 : V6) {
            if (network.contains(plain)) {
                return true;
            }
        }
        return false;
    }

    /** For documentation (RFC 5398), for private use (RFC 6996), and those that can never be used (RFC 7300, 7607). */
    public static boolean contain(long asn) {
        return asn == 0 || asn >= 64496 && asn <= 65551 || asn >= 4_200_000_000L;
    }
}
