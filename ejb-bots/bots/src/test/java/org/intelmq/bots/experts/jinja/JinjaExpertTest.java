package org.intelmq.bots.experts.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hubspot.jinjava.interpret.InterpretException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.testing.BotCases;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            {% include 'x' %}               | 'include' is disabled
            {% import 'x' as y %}           | 'import' is disabled
            {% from 'x' import y %}         | 'from' is disabled
            {% extends '/etc/passwd' %}     | 'extends' is disabled
            `{{ msg['comment'] | render }}` | there is no filter render
            `{{ 'x' | log }}`               | there is no filter log
            file:///nowhere/template.j2     | template /nowhere/template.j2 cannot be read
            """)
    void startsWithNoFaultyTemplate(String template, String reason) {
        JinjaExpert.Params params = new JinjaExpert.Params(Map.of("comment", template.replace("\\n", "\n")), false);
        ConfigurationException error = assertThrows(ConfigurationException.class, () -> new JinjaExpert(params, new TestContext()));
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    /** As the threads of a check have, which are not the application's. */
    @Test
    void startsOnAThreadWhoseClassLoaderDoesNotKnowJinjava() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            new JinjaExpert(new JinjaExpert.Params(Map.of("comment", "{{ 1 + 1 }}"), false), new TestContext());
            assertEquals(ClassLoader.getPlatformClassLoader(), thread.getContextClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Neither a template nor an event can make a rendering take long, grow large, or escape. */
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {
        "{{ ____int3rpr3t3r____.config.objectMapper }}",
        "{{ msg['____int3rpr3t3r____'].config }}",
        "{{ msg['____int3rpr3t3r____'] }}",
        "{{ ____int3rpr3t3r____ | attr('config') }}",
        "{{ ____int3rpr3t3r____ | tojson }}",
        "{{ [____int3rpr3t3r____] | map(attribute='config') | list }}",
        "{{ [____int3rpr3t3r____.config.object_mapper.type_factory] | first }}",
        "{% for a, config in [____int3rpr3t3r____] %}{{ config.charset }}{% endfor %}",
        "{{ ____int3rpr3t3r____.getResource('/etc/passwd') }}",
        "{{ ____int3rpr3t3r____.renderFlat(msg['comment']) }}",
        "{{ msg.toMap() }}",
        "{{ msg.getClass().forName('java.lang.Runtime') }}",
        "{{ type(msg) }}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{{ a ** b }}{% endfor %}{% endfor %}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% set c = b * b %}{% endfor %}{% endfor %}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '%900000d%900000d' | format(1, 1) }}",
        "{{ '7'.zfill(2000000000) }}",
        "{{ '7'.zfill(900000) ~ '7'.zfill(900000) }}",
        "{{ 'x' | center(2000000000) }}",
        "{{ 'x' | center('2000000000') }}",
        "{{ 'a\\nb' | indent(2000000000) }}",
        "{{ ('a '.replace('', 'x' | center(90000))) | wordwrap(1, true, 'x' | center(90000)) }}",
        "{{ ('a' | center(500000)).replace(' ', 'b' | center(500000)) }}",
        "{{ ('a' | center(500000)) | replace(' ', 'b' | center(500000)) }}",
        "{{ range(100000) | join('x' | center(500000)) }}",
        "{{ [1] | batch(2000000000, 0) | list }}",
        "{% set ns = namespace(a=[1,2,3,4,5,6,7,8,9,10]) %}{% for i in range(40) %}{% set ns.a = ns.a + ns.a %}{% endfor %}{{ ns.a | length }}",
        "{% set l = [1] %}{% for i in range(40) %}{% do l.extend(l) %}{% endfor %}{{ l | length }}",
        "{% set ns = namespace(a=['ha']) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a }}",
        "{% set ns = namespace(a=msg['extra.n']) %}{% for i in range(60) %}{% set ns.a = ns.a * ns.a %}{% endfor %}{{ ns.a }}",
        "{{ msg['raw'].replace('A', msg['raw']) | length }}",
        "{{ [msg['raw'], msg['raw']] | map('list') | list | length }}",
    })
    void stopsEachAttack(String template) {
        Event event = new TestContext().newEvent();
        event.add(Field.of("comment"), "{{ 7 * 7 }}");
        event.add(Field.of("extra.n"), new BigInteger("7").pow(1000));
        event.add(Field.of("raw"), Base64.getEncoder().encodeToString(new byte[1_500_000]));
        JinjaExpert.Params params = new JinjaExpert.Params(Map.of("extra.a", template), false);
        refuses(params, event);
    }

    @ParameterizedTest
    @Timeout(60)
    @CsvSource({"{% if true %},x,{% endif %}", "{{ ,(,1", "{{ ,[,1 }}", "{{ ,1 + ,1 }}", "{{ 'x',|upper, }}"})
    void stopsAtDeepNesting(String begin, String repeated, String end) {
        String template = begin.startsWith("{%") ? begin.repeat(20_000) + repeated + end.repeat(20_000) : begin + repeated.repeat(50_000) + end;
        refuses(new JinjaExpert.Params(Map.of("extra.a", template), false), new TestContext().newEvent());
    }

    /** The template engine's parser would take minutes for this. */
    @ParameterizedTest
    @Timeout(10)
    @CsvSource({"(,)", "[,]"})
    void refusesDeepBrackets(String open, String close) {
        String template = "\n{{ " + open.repeat(20_000) + "1" + close.repeat(20_000) + " }}";
        JinjaExpert.Params params = new JinjaExpert.Params(Map.of("extra.a", template), false);
        ConfigurationException error = assertThrows(ConfigurationException.class, () -> new JinjaExpert(params, new TestContext()));
        assertEquals("parameter 'fields': the template of extra.a is faulty: line 2: brackets are nested deeper than 100 levels", error.getMessage());
    }

    @Test
    void saysWhatIsWrongInAFewWords() {
        for (String template : List.of("{{ 1" + "+1".repeat(5000) + " }}", "{{ 'a' | center(2000000000) }}")) {
            JinjaExpert.Params params = new JinjaExpert.Params(Map.of("extra.a", template), false);
            RuntimeException error = assertThrows(RuntimeException.class,
                    () -> new JinjaExpert(params, new TestContext()).process(new TestContext().newEvent(), new RecordingOutbox()));
            assertTrue(error.getMessage().length() < 600 && !error.getMessage().contains("line -1"), error.getMessage());
        }
    }

    private static void refuses(JinjaExpert.Params params, Event event) {
        RuntimeException error = assertThrows(RuntimeException.class,
                () -> new JinjaExpert(params, new TestContext()).process(event, new RecordingOutbox()));
        assertTrue(error instanceof ConfigurationException || error instanceof InterpretException, () -> "no clear error: " + error);
    }

    /** What an event holds is text to a template, whatever it looks like. */
    @Test
    void neverTakesAnEventsValueForATemplate() {
        Event event = new TestContext().newEvent();
        event.add(Field.of("comment"), "<b>{{ 7 * 7 }}</b>{% for a in [1] %}x{% endfor %}");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("extra.a", "{{ msg['comment'] }}");
        fields.put("extra.b", "{{ msg['comment'] | striptags }}");
        fields.put("extra.c", "{% set a %}{{ msg['comment'] | title }}{% endset %}{{ a }}");
        fields.put("extra.d", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(msg['comment'] | safe) }}");
        new JinjaExpert(new JinjaExpert.Params(fields, false), new TestContext()).process(event, new RecordingOutbox());
        for (String field : fields.keySet()) {
            assertTrue(event.text(Field.of(field)).toLowerCase(Locale.ROOT).contains("{{ 7 * 7 }}"), event.text(Field.of(field)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{{ [1, 2, 3] | sum }}`                                                           | 6
            `{{ [1, 2.5] | sum }}`                                                            | 3.5
            `{{ [{'a': 1}, {'a': 2}] | sum(attribute='a', start=10) }}`                       | 13
            `{{ 'aXbX' | replace('X', '--') }} {{ 'aXbX'.replace('X', '', 1) }}`              | a--b-- abX
            `{{ 'ab'.replace('', '-') }}`                                                     | -a-b-
            `{{ '<p>Fish &amp;  <!-- > -->Chips</p>' | striptags }}`                          | Fish & Chips
            `{{ ['a', none, true] | pprint }}`                                                | ['a', None, True]
            `{{ 2.71828 | round(2) }} {{ 2.5 | round(999999999) }}`                           | 2.72 2.5
            `{% set l = [1] %}{% do l.append(2) %}{{ l | length }}{{ l.pop() }}{{ l }}`       | 22[1]
            `{% for k, v in {'a': 1}.items() %}{{ loop.index }}{{ k }}{{ v }}{% endfor %}`    | 1a1
            `{% for c in 'abc' | list %}{{ loop.cycle('x', 'y') }}{% endfor %}`               | xyx
            `{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}` | 6
            `{{ 'a'.zfill(3) }}{{ '%05.1f' | format(2.25) }}{{ 'x' | center(3) }}|`           | `00a002.3 x |`
            `{% if msg['comment'] is defined %}{{ msg.get('comment', 'n') }}{% endif %}`      | here
            """)
    void keepsWhatJinjaHas(String template, String expected) {
        Event event = new TestContext().newEvent();
        event.add(Field.of("comment"), "here");
        new JinjaExpert(new JinjaExpert.Params(Map.of("extra.a", template), false), new TestContext()).process(event, new RecordingOutbox());
        assertEquals(expected, event.text(Field.of("extra.a")));
    }
}
