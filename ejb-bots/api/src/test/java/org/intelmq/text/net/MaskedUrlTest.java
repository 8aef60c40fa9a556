package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MaskedUrlTest {

    @Test
    void keysAndSignaturesAreMasked() {
        assertEquals("https://***@a.example/x?apikey=***&design=1&sig=***&sv=2#z", MaskedUrl.in("https://u:p@a.example/x?apikey=k&design=1&sig=a%2Bb&sv=2#z"));
        assertTrue(MaskedUrl.isSecret("X-Api-Key"));
        assertTrue(MaskedUrl.isSecret("sig"));
        assertFalse(MaskedUrl.isSecret("design"));
    }
}
