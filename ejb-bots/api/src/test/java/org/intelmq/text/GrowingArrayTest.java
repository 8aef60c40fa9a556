package org.intelmq.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GrowingArrayTest {

    @Test
    void becomesTwiceAsLongAndKeepsWhatIsThere() {
        assertArrayEquals(new byte[] {1, 2, 3, 0, 0, 0}, GrowingArray.grown(new byte[] {1, 2, 3}, 4));
    }

    @Test
    void hasRoomForAllThatIsNeeded() {
        assertEquals(100, GrowingArray.grown(new byte[3], 100).length);
        assertEquals(1, GrowingArray.grown(new byte[0], 1).length);
    }

    @Test
    void saysThatItIsTooMuch() {
        assertThrows(ArithmeticException.class, () -> GrowingArray.grown(new byte[0], Integer.MAX_VALUE));
        assertThrows(ArithmeticException.class, () -> GrowingArray.grown(new byte[0], 1L << 40));
    }
}
