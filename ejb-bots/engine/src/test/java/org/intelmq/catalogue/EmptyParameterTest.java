package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Param;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

/** What is set to nothing counts as not set, unless nothing is a value: accepted, and reported. */
class EmptyParameterTest {

    record Params(
            @Param(value = "A number.", optional = true) Integer size,
            @Param(value = "A duration.", byDefault = "5m") Duration ttl,
            @Param(value = "A zone.", byDefault = "UTC") ZoneId zone,
            @Param(value = "A separator.", byDefault = ",", neverEmpty = true) String separator,
            @Param(value = "A prefix, which may be empty.", byDefault = "http://") String prefix,
            @Param(value = "A number that must be given.") int port) { }

    @Test
    void countsAsNotSet() {
        ParameterSchema.Reading<Params> reading = ParameterSchema.of(Params.class)
                .read(Map.of("size", "", "ttl", "", "zone", "", "separator", "", "prefix", "", "port", "80"), Set.of());
        assertEquals(List.of(), reading.problems());
        assertNull(reading.value().size());
        assertEquals(new Params(null, Duration.ofMinutes(5), ZoneId.of("UTC"), ",", "", 80), reading.value());
        assertEquals(List.of("parameter 'separator' is empty, which counts as not set", "parameter 'size' is empty, which counts as not set",
                "parameter 'ttl' is empty, which counts as not set", "parameter 'zone' is empty, which counts as not set"), reading.warnings());
    }

    @Test
    void isRefusedWhereAValueIsNeeded() {
        ParameterSchema.Reading<Params> reading = ParameterSchema.of(Params.class).read(Map.of("port", ""), Set.of());
        assertEquals(List.of("parameter 'port' cannot be \"\": expected the number of a port, 0 to 65535"), reading.problems());
    }
}
