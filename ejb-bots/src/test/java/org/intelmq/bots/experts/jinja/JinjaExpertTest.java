package org.intelmq.bots.experts.jinja;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.testing.BotCases;
import org.intelmq.bot.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JinjaExpertTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return BotCases.of(getClass(), JinjaExpert.TYPE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {% if %}x{% endif %}            | Tag 'if' expects expression
            {{ 1 + }}                       | line 1: Error parsing '1 +'
            `a\\n{{ msg['a'] | lowr }}`     | line 2: there is no filter lowr
            {% include 'x' %}               | a template cannot load x
            {% import 'x' as y %}           | a template cannot load x
            {% extends '/etc/passwd' %}     | a template cannot load /etc/passwd
            file:///nowhere/template.j2     | template /nowhere/template.j2 cannot be read
            """)
    void startsWithNoFaultyTemplate(String template, String reason) {
        JinjaExpert.Params params = new JinjaExpert.Params(Map.of("comment", template.replace("\\n", "\n")), false);
        ConfigurationException error = assertThrows(ConfigurationException.class, () -> new JinjaExpert(params, new TestContext()));
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }
}
