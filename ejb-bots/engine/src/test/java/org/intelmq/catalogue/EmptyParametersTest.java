package org.intelmq.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bots.collectors.file.FileCollector;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

class EmptyParametersTest {

    /** The manager writes an empty text for a number that was cleared. */
    @Test
    void anEmptyTextIsNoNumberAndCountsAsNotSet() {
        ParameterSchema.Reading<FileCollector.Params> reading = ParameterSchema.of(FileCollector.Params.class)
                .read(Map.of("path", "/tmp", "chunk_size", ""), Set.of());
        assertEquals(List.of(), reading.problems());
        assertNull(reading.value().chunkSize());
    }
}
