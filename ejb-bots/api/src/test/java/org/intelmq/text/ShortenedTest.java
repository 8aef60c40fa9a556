package org.intelmq.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ShortenedTest {

    @Test
    void saysHowMuchIsLeftOut() {
        assertEquals("abc", Shortened.to(3, "abc"));
        assertEquals("abc… (2 more characters)", Shortened.to(3, "abcde"));
        assertNull(Shortened.to(3, null));
    }

    @Test
    void keepsTheHalvesOfACharacterTogether() {
        assertEquals("ab… (3 more characters)", Shortened.to(3, "ab\ud83d\ude00c"));
    }
}
