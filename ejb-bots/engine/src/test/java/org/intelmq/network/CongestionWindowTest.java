package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CongestionWindowTest {

    private final CongestionWindow window = new CongestionWindow();

    private void answered(int times) {
        for (int i = 0; i < times; i++) {
            window.answered();
        }
    }

    @Test
    void growsWithTheAnswersUpToALimit() {
        assertEquals(250, window.size());
        answered(25);
        assertEquals(251, window.size());
        answered(100_000);
        assertEquals(1000, window.size());
    }

    @Test
    void beginsAnewWhenQuestionsAreLost() {
        answered(10_000);
        window.lost();
        assertEquals(250, window.size());
        answered(24);
        assertEquals(250, window.size());
        answered(1);
        assertEquals(251, window.size());
    }
}
