package org.intelmq.text.net;

import java.math.BigInteger;

/**
 * An IPv4 or IPv6 address as Python's {@code ipaddress} reads and writes it: no leading zeros, no abbreviated IPv4, IPv6 in its
 * shortest form in lower case. The upper half is 0 for IPv4.
 *
 * @param zone what follows {@code %} in an IPv6 address, else {@code null}
 */
public record IpAddress(boolean isV4, long upper, long lower, String zone) {

    private static final BigInteger V4_END = BigInteger.ONE.shiftLeft(32);
    private static final BigInteger V6_END = BigInteger.ONE.shiftLeft(128);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** @throws IllegalArgumentException if the text is not an address */
    public static IpAddress parse(String text) {
        IpAddress address = parseOrNull(text);
        if (address == null) {
            throw new IllegalArgumentException("not an IPv4 or IPv6 address: \"" + text + '"');
        }
        return address;
    }

    /** As {@link #parse}, but {@code null} if it is not an address. */
    public static IpAddress parseOrNull(String text) {
        long v4 = parseV4(text, 0, text.length());
        return v4 >= 0 ? ofV4(v4) : text.indexOf(':') < 0 ? null : parseV6(text);
    }

    /** Whether it is an IPv4 address; there is only one way to spell those. */
    public static boolean isV4(String text) {
        return parseV4(text, 0, text.length()) >= 0;
    }

    public static IpAddress ofV4(long bits) {
        return new IpAddress(true, 0, bits, null);
    }

    /** The address of that number: IPv4 below 2^32, IPv6 from there; {@code null} outside both. */
    public static IpAddress ofNumber(BigInteger number) {
        if (number.signum() < 0 || number.compareTo(V6_END) >= 0) {
            return null;
        }
        if (number.compareTo(V4_END) < 0) {
            return ofV4(number.longValue());
        }
        return new IpAddress(false, number.shiftRight(64).longValue(), number.longValue(), null);
    }

    /** The 32 bits of a dotted quad between two indexes, or -1. */
    static long parseV4(String text, int start, int end) {
        if (end - start < 7 || end - start > 15) {
            return -1;
        }
        long bits = 0;
        int octet = 0;
        int digits = 0;
        int dots = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits > 0 && octet == 0) {
                    return -1;
                }
                octet = octet * 10 + c - '0';
                if (++digits > 3 || octet > 255) {
                    return -1;
                }
            } else if (c == '.' && digits > 0 && dots < 3) {
                bits = bits << 8 | octet;
                octet = 0;
                digits = 0;
                dots++;
            } else {
                return -1;
            }
        }
        return dots == 3 && digits > 0 ? bits << 8 | octet : -1;
    }

    private static IpAddress parseV6(String text) {
        int mark = text.indexOf('%');
        String zone = null;
        int end = text.length();
        if (mark >= 0) {
            zone = text.substring(mark + 1);
            end = mark;
            if (zone.isEmpty() || zone.indexOf('%') >= 0) {
                return null;
            }
        }
        return text.indexOf('/') >= 0 ? null : groups(text, end, zone);
    }

    private static IpAddress groups(String text, int end, String zone) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (end >= 2 && text.charAt(0) == ':' && text.charAt(1) == ':') {
            gap = 0;
            i = 2;
        } else if (end == 0 || text.charAt(0) == ':') {
            return null;
        }
        while (i < end) {
            int next = text.indexOf(':', i);
            int stop = next < 0 || next > end ? end : next;
            if (stop == end && text.lastIndexOf('.', end - 1) >= i) {
                long v4 = parseV4(text, i, end);
                if (v4 < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (v4 >> 16);
                groups[count++] = (int) (v4 & 0xffff);
                i = end;
                break;
            }
            int group = group(text, i, stop);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            i = stop;
            if (i == end) {
                break;
            }
            i++;
            if (i == end) {
                return null;
            }
            if (text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                i++;
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        int missing = 8 - count;
        long upper = 0;
        long lower = 0;
        for (int position = 0; position < 8; position++) {
            int value = gap < 0 || position < gap ? groups[position]
                    : position < gap + missing ? 0 : groups[position - missing];
            if (position < 4) {
                upper = upper << 16 | value;
            } else {
                lower = lower << 16 | value;
            }
        }
        return new IpAddress(false, upper, lower, zone);
    }

    private static int group(String text, int start, int end) {
        if (start == end || end - start > 4) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    public int version() {
        return isV4 ? 4 : 6;
    }

    public int bits() {
        return isV4 ? 32 : 128;
    }

    public BigInteger toNumber() {
        BigInteger low = new BigInteger(Long.toUnsignedString(lower));
        return isV4 ? low : new BigInteger(Long.toUnsignedString(upper)).shiftLeft(64).or(low);
    }

    /** The 4 or 16 bytes in network order. */
    public byte[] toBytes() {
        byte[] bytes = new byte[bits() / 8];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? lower >>> 8 * fromEnd : upper >>> 8 * (fromEnd - 8));
        }
        return bytes;
    }

    /**
     * The name to look up in reverse DNS, such as {@code 1.2.0.192.in-addr.arpa.}, with the final dot.
     *
     * @throws IllegalArgumentException for an address with a zone
     */
    public String reverseName() {
        if (zone != null) {
            throw new IllegalArgumentException("an address with a zone has no name: " + this);
        }
        byte[] bytes = toBytes();
        boolean mapped = !isV4 && upper == 0 && lower >>> 32 == 0xffff;
        StringBuilder name = new StringBuilder(75);
        for (int i = bytes.length - 1; i >= (mapped ? 12 : 0); i--) {
            if (isV4 || mapped) {
                name.append(bytes[i] & 0xff).append('.');
            } else {
                name.append(HEX[bytes[i] & 15]).append('.').append(HEX[bytes[i] >> 4 & 15]).append('.');
            }
        }
        return name.append(isV4 || mapped ? "in-addr.arpa." : "ip6.arpa.").toString();
    }

    public IpAddress withoutZone() {
        return zone == null ? this : new IpAddress(isV4, upper, lower, null);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(39);
        if (isV4) {
            text.append(lower >> 24).append('.').append(lower >> 16 & 255).append('.').append(lower >> 8 & 255).append('.')
                    .append(lower & 255);
        } else {
            appendV6(text);
        }
        return zone == null ? text.toString() : text.append('%').append(zone).toString();
    }

    private int group(int index) {
        return (int) ((index < 4 ? upper : lower) >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    private void appendV6(StringBuilder text) {
        int longest = 1;
        int gap = -1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                gap = i;
            }
            i = Math.max(i, end - 1);
        }
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (i > 0 && i != gap + longest || i > 0 && gap < 0) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
    }
}
