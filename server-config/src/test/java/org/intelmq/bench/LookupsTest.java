package org.intelmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class LookupsTest {

    @TempDir
    private Path folder;

    @Test
    void eachRunHasAFifthAsManyNamesAsRowsAndNewOnes() throws IOException {
        Set<String> first = names(1);
        Set<String> second = names(2);
        assertEquals(200, first.size());
        assertEquals(200, second.size());
        assertEquals(first, names(1));
        assertTrue(Collections.disjoint(first, second));
    }

    private Set<String> names(int run) throws IOException {
        Path file = folder.resolve("rows");
        assertEquals(1000, Workload.names(file, 1000, run).rows());
        List<String> lines = Files.readAllLines(file);
        assertEquals(1000, lines.size());
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            names.add((String) ((Map<?, ?>) Json.parse(line)).get("source.fqdn"));
        }
        return names;
    }

    @Test
    void anEventThatWasNotLookedUpEndsTheMeasurement() throws IOException {
        String complete = "{\"source.asn\": 1, \"source.ip\": \"192.0.2.1\", \"source.reverse_dns\": \"a.example.net\"}";
        Path output = Files.write(folder.resolve("events.txt"), List.of(complete, complete));
        Pipeline.LOOKUPS.check(output);
        Files.write(output, List.of(complete, "{\"source.asn\": 1, \"source.ip\": \"192.0.2.1\"}"));
        assertThrows(IOException.class, () -> Pipeline.LOOKUPS.check(output));
    }

    @Test
    void theNameServerTakesItsTime() throws IOException {
        try (LateNameServer server = LateNameServer.start(20)) {
            SimpleResolver resolver = new SimpleResolver(server.address());
            long asked = System.nanoTime();
            List<Record> answer = resolver.send(Message.newQuery(
                    Record.newRecord(Name.fromString("host-1-1.example.com."), Type.A, DClass.IN))).getSection(Section.ANSWER);
            assertTrue(System.nanoTime() - asked >= 20_000_000);
            assertEquals(1, answer.size());
            assertEquals(1, server.questions());
        }
    }
}
