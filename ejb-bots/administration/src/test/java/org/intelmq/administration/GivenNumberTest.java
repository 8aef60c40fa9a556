package org.intelmq.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GivenNumberTest {

    private static long number(String text) {
        return GivenNumber.of("last_event_id", text, 7, "invalid-event-id", "Send none.");
    }

    @Test
    void isReadOrByDefault() {
        assertEquals(-12, number("-12"));
        assertEquals(7, number(null));
        assertEquals(7, number(" "));
    }

    @Test
    void whatIsNoneIsNamedInShort() {
        for (String wrong : new String[] {"abc", "1.5", "9".repeat(6000)}) {
            Refusal refusal = assertThrows(Refusal.class, () -> number(wrong));
            assertEquals("invalid-event-id", refusal.code());
            assertTrue(refusal.getMessage().startsWith("last_event_id cannot be \""), refusal.getMessage());
            assertTrue(refusal.getMessage().length() < 200, refusal.getMessage());
        }
    }
}
