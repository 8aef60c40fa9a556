package org.intelmq.text.net;

import org.intelmq.text.python.IntegerText;

/** A network in prefix notation, read and written as by Python's {@code ipaddress}; a netmask or hostmask is understood too. */
public record IpNetwork(IpAddress address, int prefix) {

    /** @throws IllegalArgumentException if the text is not a network, or has host bits set and they are not ignored */
    public static IpNetwork parse(String text, boolean ignoreHostBits) {
        IpNetwork network = parseOrNull(text, ignoreHostBits);
        if (network == null) {
            throw new IllegalArgumentException("not an IPv4 or IPv6 network: \"" + text + '"');
        }
        return network;
    }

    /** As {@link #parse}, but {@code null} if it is not a network. */
    public static IpNetwork parseOrNull(String text, boolean ignoreHostBits) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parseOrNull(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int prefix = slash < 0 ? address.bits() : prefix(text.substring(slash + 1), address.isV4());
        if (prefix < 0) {
            return null;
        }
        long upper = address.upper() & upperMask(address, prefix);
        long lower = address.lower() & lowerMask(address, prefix);
        if (upper == address.upper() && lower == address.lower()) {
            return new IpNetwork(address, prefix);
        }
        return ignoreHostBits ? new IpNetwork(new IpAddress(address.isV4(), upper, lower, null), prefix) : null;
    }

    private static long upperMask(IpAddress address, int prefix) {
        return address.isV4() || prefix >= 64 ? -1 : leading(prefix);
    }

    private static long lowerMask(IpAddress address, int prefix) {
        return leading(Math.max(0, address.isV4() ? prefix + 32 : prefix - 64));
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }

    private static int prefix(String text, boolean v4) {
        boolean digits = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (digits) {
            Number length = IntegerText.parseOrNull(text);
            return length instanceof Long number && number <= (v4 ? 32 : 128) ? number.intValue() : -1;
        }
        long mask = v4 ? IpAddress.parseV4(text, 0, text.length()) : -1;
        if (mask < 0) {
            return -1;
        }
        int netmask = prefixOf(mask);
        return netmask >= 0 ? netmask : prefixOf(~mask & 0xffffffffL);
    }

    private static int prefixOf(long mask) {
        int zeros = Long.numberOfTrailingZeros(mask | 1L << 32);
        return mask >>> zeros == 0xffffffffL >>> zeros ? 32 - zeros : -1;
    }

    public boolean isSingleAddress() {
        return prefix == address.bits();
    }

    /** The address after the network's own, where hosts usually begin; if there is only one address, that one. */
    public IpAddress second() {
        return isSingleAddress() ? address : new IpAddress(address.isV4(), address.upper(), address.lower() + 1, null);
    }

    public boolean contains(IpAddress other) {
        return other.isV4() == address.isV4() && (other.upper() & upperMask(address, prefix)) == address.upper()
                && (other.lower() & lowerMask(address, prefix)) == address.lower();
    }

    @Override
    public String toString() {
        return address.toString() + '/' + prefix;
    }
}
