package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.parameters.ParameterSchema;

/** Parameters as {@code runtime.yaml} gives them. */
public final class Parameters {

    private Parameters() { }

    /** @param namesAndValues alternating; everything else has its default */
    public static <P extends Record> P of(Class<P> type, Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        ParameterSchema.Reading<P> reading = ParameterSchema.of(type).read(values, Set.of());
        assertEquals(List.of(), reading.problems());
        assertEquals(List.of(), reading.warnings());
        return reading.value();
    }
}
