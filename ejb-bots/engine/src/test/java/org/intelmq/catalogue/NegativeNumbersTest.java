package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.bot.BotType;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

/** A number below 0 is refused, unless its parameter says what it means. */
class NegativeNumbersTest {

    private static final Set<String> MEANT = Set.of("replace_count", "split_index", "table_index", "ttl_on_suspended");

    private static List<String> problems(Class<? extends Record> params, String name) {
        return ParameterSchema.of(params).read(Map.of(name, -2), Set.of()).problems().stream().filter(each -> each.startsWith("parameter '" + name + "' "))
                .toList();
    }

    @Test
    void ofEveryBotAndOfTheEngine() {
        List<Class<? extends Record>> all = new ArrayList<>(List.of(RuntimeParams.class));
        for (BotType<?> type : Catalogue.load(NegativeNumbersTest.class.getClassLoader()).types()) {
            all.add(type.params());
        }
        Set<String> taken = new TreeSet<>();
        int refused = 0;
        for (Class<? extends Record> params : all) {
            for (ParameterSchema.Parameter parameter : ParameterSchema.of(params).parameters()) {
                if (parameter.type().matches("a (whole )?number")) {
                    boolean isRefused = !problems(params, parameter.name()).isEmpty();
                    refused += isRefused ? 1 : 0;
                    if (!isRefused) {
                        taken.add(parameter.name());
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(MEANT), taken);
        assertTrue(refused > 50, "refused " + refused);
    }

    @Test
    void isToldWithWhatIsExpected() {
        assertEquals(List.of("parameter 'error_max_retries' cannot be -2: expected a whole number, 0 or more"),
                problems(RuntimeParams.class, "error_max_retries"));
    }
}
