package org.intelmq.text.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are those of Python's {@code shlex.split}. */
class ShellWordsTest {

    @Test
    void splitsAtBlanksOutsideOfQuotes() {
        assertEquals(List.of("-a", "--x=b c", "d"), ShellWords.split("  -a --x='b c'\td\n"));
        assertEquals(List.of("ab", "", "c\"d"), ShellWords.split("a\"b\" '' c\\\"d"));
    }

    @Test
    void aBackslashEscapesButInSingleQuotes() {
        assertEquals(List.of("a b", "c\\d", "e\\f\"g\\"), ShellWords.split("a\\ b 'c\\d' \"e\\f\\\"g\\\\\""));
    }

    @Test
    void nothingIsExpanded() {
        assertEquals(List.of("$HOME", "*", "`x`", "a;b"), ShellWords.split("$HOME * `x` a;b"));
    }

    @Test
    void refusesWhatHasNoEnd() {
        assertEquals("a quote ' is not closed", assertThrows(IllegalArgumentException.class, () -> ShellWords.split("a 'b")).getMessage());
        assertEquals("nothing follows the backslash at the end", assertThrows(IllegalArgumentException.class, () -> ShellWords.split("a\\")).getMessage());
    }
}
