package org.intelmq.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of text at a time, in a long. The answers are masks with the sign bit of each byte in question, which can be combined. A
 * mask is zero if, and only if, there is no such byte; the byte after one that is found may be marked too.
 */
public final class EightBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;

    private EightBytes() { }

    /** @throws IndexOutOfBoundsException if fewer than eight bytes begin there */
    public static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** The same byte eight times. */
    public static long of(byte single) {
        return (single & 0xff) * EACH;
    }

    /** Those equal to this character. */
    public static long equal(long eight, char ascii) {
        long others = eight ^ EACH * ascii;
        return others - EACH & ~others & SIGNS;
    }

    /** Those below the space. */
    public static long control(long eight) {
        return eight - EACH * ' ' & ~eight & SIGNS;
    }

    /** Those that are not ASCII; exact. */
    public static long notAscii(long eight) {
        return eight & SIGNS;
    }
}
