package org.intelmq.text.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonTextTest {

    @Test
    void spellsNumbersAsPython() {
        assertEquals("95.5", PythonText.repr(95.5));
        assertEquals("100.0", PythonText.repr(100.0));
        assertEquals("2e+23", PythonText.repr(2e23));
        assertEquals("1e+16", PythonText.repr(1e16));
        assertEquals("1000000000000000.0", PythonText.repr(1e15));
        assertEquals("0.0001", PythonText.repr(0.0001));
        assertEquals("1.5e-05", PythonText.repr(0.000015));
        assertEquals("-0.0", PythonText.repr(-0.0));
        assertEquals("0.30000000000000004", PythonText.repr(0.1 + 0.2));
        assertEquals("5e-324", PythonText.repr(Double.MIN_VALUE));
    }

    @Test
    void spellsTimesAsPython() {
        ZonedDateTime time = ZonedDateTime.parse("2021-06-01T02:03:04Z");
        assertEquals("2021-06-01 02:03:04", PythonText.str(time));
        assertEquals("2021-06-01 02h", FormatTemplate.compile("{t:%Y-%m-%d %H}h").fill(name -> time));
    }

    @Test
    void spellsObjectsAsPython() {
        assertEquals("['a', 1, True, None, 2.5]", PythonText.str(Arrays.asList("a", 1L, true, null, 2.5)));
        assertEquals("{'k': \"it's\"}", PythonText.str(Map.of("k", "it's")));
        assertEquals("'both \\' and \" \\n\\x7f\\xa0ü\\u200b'", PythonText.repr("both ' and \" \n\u007f\u00a0ü\u200b"));
        assertEquals("bare", PythonText.str("bare"));
    }
}
