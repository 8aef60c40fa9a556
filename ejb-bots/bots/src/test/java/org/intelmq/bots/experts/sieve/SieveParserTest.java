package org.intelmq.bots.experts.sieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SieveParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            if comment = "x" { drop }               | f:1:12: expected one of == != =~
            if comment == x { drop }                | f:1:15: expected a text in quotes, a variable, a number, true or false but found "x { drop }"
            if comment == "x" drop                  | f:1:19: expected '&&', '||' or '{' but found "drop"
            if (comment == "x" { drop }             | f:1:20: expected '&&', '||' or ')' but found "{ drop }"
            if comment == "x" { drop                | f:1:25: expected an action, 'if' or '}' but found the end of the file
            if comment == "x" { } else if           | f:1:28: expected '{' but found "if"
            if comment == "unclosed { drop }        | f:1:15: expected a text in quotes
            if source.port :in [22, "80"] { }       | f:1:25: expected a number or a variable but found
            if source.port :in [] { }               | f:1:21: expected a text in quotes, a number or a variable but found "] { }"
            if comment > 5 { }                      | f:1:14: comment cannot be compared with a number: it is of type String
            if extra.count == 5 { }                 | f:1:19: extra.count cannot be compared with a number: it is not a field of harmonization.conf
            if source.ip == "198.51.100" { }        | f:1:17: source.ip can only be compared with an IP address, not with "198.51.100"
            if source.ip << ["10.0.0.0/33"] { }     | f:1:18: "10.0.0.0/33" is not a network
            add comment "x"                         | f:1:13: expected '=', '+=' or '-='
            path x                                  | f:1:6: expected a text in quotes or '['
            remove                                  | f:1:7: expected a field or a variable but found the end of the file
            Add comment = "x"                       | f:1:1: expected an action, 'if' or the end of the file but found "Add comment = "x""
            """)
    void saysWhereAFileIsWrongAndWhatWasExpected(String rules, String message) {
        SieveSyntaxException error = assertThrows(SieveSyntaxException.class, () -> parse(rules));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @Test
    void countsLinesAndColumns() {
        SieveSyntaxException error = assertThrows(SieveSyntaxException.class, () -> parse("# a comment\nkeep\n  add comment = \n  nothing"));
        assertTrue(error.getMessage().startsWith("f:4:3: "), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "keep//", "dropkeep", "add!comment='x'", "ifcomment=='x'{}elifcomment!='y'{}else{}",
        "if(!(comment == \"a\" || $v == true)) { $v = comment }", "add extra.a = -1.5e3 add extra.b = .5 add extra.c = 12345678901234567890"})
    void readsWhatIsNoError(String rules) {
        parse(rules);
    }

    @Test
    void refusesEndlessNesting() {
        SieveSyntaxException error = assertThrows(SieveSyntaxException.class, () -> parse("if " + "(".repeat(100_000)));
        assertTrue(error.getMessage().contains("nested deeper than"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            if comment :regexin ["("] { }       | "(" is not a regular expression:
            if time.source :after "someday" { } | f:1:23: "someday" is not a span of time
            add! extra.x = $unset               | f:1:16: variable $unset is used before it is set
            $x = comment update comment = $x    | f:1:31: only add! takes the value of a variable, $x
            $x = source.asn if comment == $x {} | f:1:31: variable $x is "64496", expected a text
            $x = extra.nothing                  | extra.nothing is not set in this event
            """)
    void failsForEachEventThatMeetsTheFault(String rules, String message) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a comment");
        event.add(Fields.SOURCE_ASN, 64496);
        event.add(Fields.TIME_SOURCE, "2024-05-17T10:00:00+00:00");
        SieveParser.Rules parsed = parse(rules);
        Exception error = assertThrows(RuntimeException.class,
                () -> Statement.runAll(parsed.statements(), new Run(event, new TestContext(), parsed.variableCount(), null)));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    private static SieveParser.Rules parse(String rules) {
        return SieveParser.parse("f", rules, Harmonization.standard());
    }

    /** Each value once had its line counted from the beginning of the file. */
    @Test
    @Timeout(20)
    void readsManyRulesInLittleTime() {
        String rule = "if source.ip == '192.0.2.1' && comment =~ 'abc' { add comment = 'x' path 'a' }\n";
        assertEquals(30_000, SieveParser.parse("many.sieve", rule.repeat(30_000), Harmonization.standard()).statements().length);
        SieveSyntaxException error = assertThrows(SieveSyntaxException.class,
                () -> SieveParser.parse("many.sieve", rule.repeat(30_000) + "  nonsense", Harmonization.standard()));
        assertTrue(error.getMessage().startsWith("many.sieve:30001:3: "), error.getMessage());
    }
}
