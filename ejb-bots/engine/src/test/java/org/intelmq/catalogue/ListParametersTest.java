package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Param;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

/** Lists, however they are written. */
class ListParametersTest {

    enum Order { FIRST, LAST }

    record Params(@Param("Names.") List<String> names, @Param(value = "Numbers.", optional = true) Set<Integer> numbers,
                  @Param(value = "Orders.", optional = true) List<Order> orders, @Param(value = "Anything.", optional = true) Object anything) { }

    private static ParameterSchema.Reading<Params> read(Map<String, Object> values) {
        return ParameterSchema.of(Params.class).read(values, Set.of());
    }

    @Test
    void blanksAroundAnItemAreNoneOfIt() {
        for (Object names : List.of(" a ,b b\t", List.of(" a ", "b b\t"))) {
            Params params = read(Map.of("names", names, "numbers", List.of(" 1", 2), "orders", List.of(" first "), "anything", List.of(" x", 1))).value();
            assertEquals(List.of("a", "b b"), params.names());
            assertEquals(Set.of(1, 2), params.numbers());
            assertEquals(List.of(Order.FIRST), params.orders());
            assertEquals(List.of("x", 1), params.anything());
        }
    }

    @Test
    void placesOfAListStay() {
        assertEquals(List.of("", "a", ""), read(Map.of("names", List.of(" ", "a", ""))).value().names());
    }

    @Test
    void nothingIsNoItem() {
        assertEquals(List.of("parameter 'names' cannot be [a, null]: expected a list, or text separated by commas"),
                read(Map.of("names", new ArrayList<>(Arrays.asList("a", null)))).problems());
    }
}
