package org.intelmq.text.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected was taken from CPython's {@code str.format}. */
class FormatTemplateTest {

    private static final Map<String, Object> EVENT = Map.of("source.ip", "192.0.2.7", "port", 443L, "big", 1234567L, "accuracy", 95.5,
            "tor", true, "list", List.of("a", 1L), "text", "it's", "width", 12L, "tiny", 0.00001234, "huge", 1e22);

    private static String fill(String template) {
        return FormatTemplate.compile(template).fill(name -> {
            if (!name.equals("msg")) {
                throw new IllegalArgumentException("no name " + name);
            }
            return EVENT;
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
            "plain~plain", "a{{b}}c~a{b}c", "{msg[source.ip]}~192.0.2.7", "{msg[port]:05d}~00443", "{msg[source.ip]!r:>20}~         '192.0.2.7'",
            "{msg[source.ip]:^20}|~     192.0.2.7      |", "{msg[accuracy]:.3f}~95.500", "{msg[accuracy]:.0f}~96", "{msg[accuracy]:e}~9.550000e+01",
            "{msg[accuracy]:g}~95.5", "{msg[accuracy]:.1g}~1e+02", "{msg[accuracy]:.2}~9.6e+01", "{msg[accuracy]:.3}~95.5", "{msg[accuracy]:%}~9550.000000%",
            "{msg[accuracy]}~95.5", "{msg[tor]}~True", "{msg[tor]:5}~    1", "{msg[big]:,}~1,234,567", "{msg[big]:_x}~12_d687",
            "{msg[big]:#b}~0b100101101011010000111",
            "{msg[port]:+}~+443", "{msg[port]:<6}|~443   |", "{msg[port]:*^7}~**443**", "{msg[port]:=+6}~+  443", "{msg[port]:06.1f}~0443.0",
            "{msg[port]:X}~1BB",
            "{msg[list]}~['a', 1]", "{msg[list][0]}~a", "{msg[text]!r}~\"it's\"", "{msg[source.ip]:.3}~192", "{msg[port]:{msg[width]}}~         443",
            "{msg[source.ip]:05}~192.0.2.7", "{msg[tor]!s:>5}~ True", "{msg[tiny]}~1.234e-05", "{msg[huge]}~1e+22", "{msg[huge]:.1f}~10000000000000000000000.0",
            "{msg[source.ip]!a}~'192.0.2.7'", "{msg[text]:x<6}~it'sxx", "{msg[list][1]:03}~001"})
    void fillsAsPython(String template, String expected) {
        assertEquals(expected, fill(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "a}b", "{msg", "{msg[a}", "{msg[]}", "{msg[a]b}", "{m{sg}}", "{msg!x}", "{msg!r", "{msg:{", "{msg:{a:{b}}}"})
    void refusesWhatIsNoTemplate(String template) {
        assertThrows(IllegalArgumentException.class, () -> FormatTemplate.compile(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{other}", "{}", "{msg.a}", "{msg[port].real}", "{0}", "{msg[missing]}", "{msg[source.ip]:d}", "{msg[source.ip]:+}",
            "{msg[port]:s}", "{msg[port]:.2}", "{msg[list]:>10}",
            "{msg[list][7]}", "{msg[port]:5000000000}", "{msg[accuracy]:x}", "{msg[port]:99999999}"})
    void failsForWhatIsNotThereOrDoesNotFit(String template) {
        FormatTemplate compiled = FormatTemplate.compile(template);
        assertThrows(IllegalArgumentException.class, () -> compiled.fill(name -> {
            if (!name.equals("msg")) {
                throw new IllegalArgumentException("no name " + name);
            }
            return EVENT;
        }));
    }

    @Test
    void writesValuesAsPython() {
        assertEquals("['a', None, True, 1.0, 1e-05, {'k': \"o'n\"}, 'new\\nline', '\\x7f', 'ü', '\\u2028']",
                PythonText.repr(Arrays.asList("a", null, true, 1.0, 0.00001, Map.of("k", "o'n"), "new\nline", "\u007f", "ü", "\u2028")));
        assertEquals("[5e-324, 1.7976931348623157e+308, 0.1, -0.0, 1e+16, 123456789012345.6, 2e+23, 0.0001, nan]",
                PythonText.repr(List.of(Double.MIN_VALUE, Double.MAX_VALUE, 0.1, -0.0, 1e16, 123456789012345.6, 2e23, 0.0001, Double.NaN)));
    }

    @Test
    void fillsInNoTextWithoutEnd() {
        for (String template : List.of("{msg[text]:>1000000}".repeat(50), "{msg[text]:>900000}".repeat(40))) {
            String reason = assertThrows(IllegalArgumentException.class, () -> fill(template)).getMessage();
            assertEquals("template: what is filled in makes a text of more than 32000000 characters", reason);
        }
        assertEquals(1_000_000, fill("{msg[text]:>1000000}").length());
    }
}
