package org.intelmq.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether a text's bytes in UTF-8 can stand in JSON as they are, eight at a time. */
final class PlainAscii {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private PlainAscii() { }

    /**
     * No for control and non-ASCII characters, quotes, backslashes, and also for question marks: half of a surrogate pair, which is
     * not to be one, becomes such in UTF-8.
     */
    static boolean is(byte[] utf8) {
        int whole = utf8.length & ~7;
        for (int i = 0; i < whole; i += Long.BYTES) {
            if (hasSpecial((long) LONGS.get(utf8, i))) {
                return false;
            }
        }
        for (int i = whole; i < utf8.length; i++) {
            // in all eight places
            if (hasSpecial((utf8[i] & 0xff) * ONES)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSpecial(long eight) {
        long control = (eight - ONES * ' ') & ~eight;
        return ((eight | control | zero(eight ^ ONES * 0x7f) | zero(eight ^ ONES * '"') | zero(eight ^ ONES * '\\') | zero(eight ^ ONES * '?')) & HIGH)
                != 0;
    }

    /** The high bit of some byte is set if, and only if, one of the bytes is zero. */
    private static long zero(long eight) {
        return (eight - ONES) & ~eight;
    }
}
