package org.intelmq.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {

    @Test
    void findsWhatALookAtEachByteFinds() {
        Random random = new Random(20261129);
        byte[] same = new byte[8];
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                // around the space and the quote, where a wrong borrow would show
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] = (byte) (' ' - 2 + random.nextInt(8));
                }
            }
            long eight = EightBytes.at(bytes, 0);
            assertEquals(has(bytes, '"', '"'), EightBytes.equal(eight, '"') != 0);
            assertEquals(has(bytes, 0, ' ' - 1), EightBytes.control(eight) != 0);
            assertEquals(has(bytes, Byte.MIN_VALUE, -1), EightBytes.notAscii(eight) != 0);
            Arrays.fill(same, bytes[0]);
            assertEquals(EightBytes.at(same, 0), EightBytes.of(bytes[0]));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> EightBytes.at(new byte[8], 1));
    }

    private static boolean has(byte[] bytes, int from, int to) {
        for (byte b : bytes) {
            if (b >= from && b <= to) {
                return true;
            }
        }
        return false;
    }
}
