package org.intelmq.text.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Base64TextTest {

    private static final int TEXTS = 20_000;
    private static final int LONGEST = 13;
    /** Few letters and much padding, so that most texts are about right and some are. */
    private static final String CHARACTERS = "AQz9+/==";

    @Test
    void readsWhatEncodersWrite() {
        for (String text : new String[] {"", "a", "ab", "abc", "abcd", "Gr\u00fc\u00dfe, \u65e5\u672c"}) {
            assertEquals(text, Base64Text.decode(Base64Text.encode(text)));
        }
    }

    @Test
    void skipsWhatIsOutsideOfTheAlphabetAndStopsBehindThePadding() {
        assertEquals("one", Base64Text.decode("b25l"));
        assertEquals("one", Base64Text.decode("b2\u00e9\n5\u20acl"));
        assertEquals("on", Base64Text.decode("b24=b25l"));
        assertThrows(IllegalArgumentException.class, () -> Base64Text.decode("b24"));
    }

    /** A line feed anywhere makes it not plain Base64, and must make no other difference. */
    @Test
    void aLineFeedChangesNothing() {
        Random random = new Random(64);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder characters = new StringBuilder();
            for (int length = random.nextInt(LONGEST); length > 0; length--) {
                characters.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            String text = characters.toString();
            String withLineFeed = characters.insert(random.nextInt(text.length() + 1), '\n').toString();
            assertArrayEquals(decoded(withLineFeed), decoded(text), text);
            assertEquals(Base64Text.isDecodable(withLineFeed), Base64Text.isDecodable(text), text);
        }
    }

    /** What the Base64 stands for, or why it stands for nothing. */
    private static byte[] decoded(String base64) {
        try {
            return Base64Text.decodeBytes(base64);
        } catch (IllegalArgumentException e) {
            return e.getMessage().getBytes(StandardCharsets.UTF_8);
        }
    }
}
