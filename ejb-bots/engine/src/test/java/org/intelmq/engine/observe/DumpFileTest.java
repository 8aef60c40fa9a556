package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTest {

    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-05-17T10:20:30Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("bot.dump");
    }

    private static DumpEntry entry(String address) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.SOURCE_IP, address);
        return DumpEntry.of("bot", "bot-queue", "trace", event);
    }

    @Test
    void staysOneObjectWithEachEntry() throws Exception {
        DumpFile dump = new DumpFile(file(), CLOCK);
        dump.add(entry("192.0.2.1"));
        dump.add(entry("192.0.2.2"));

        Map<?, ?> entries = (Map<?, ?>) Json.parse(Files.readString(file()));
        assertEquals(2, entries.size());
        assertTrue(entries.toString().contains("192.0.2.1") && entries.toString().contains("192.0.2.2"), entries::toString);
    }

    @Test
    void keepsEveryCharacterThereIs() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c).append(' ');
        }
        DumpEntry entry = new DumpEntry("bot", "bot-queue", all.toString(), all.reverse().toString(), false);

        new DumpFile(file(), CLOCK).add(entry);

        assertEquals(List.of(entry.toMap()), List.copyOf(((Map<?, ?>) Json.parse(Files.readString(file()))).values()));
    }

    @Test
    void aFileThatWasCutOffIsMovedAsideAndKept() throws Exception {
        Files.writeString(file(), "{\n    \"2024-05-17T10:00:00.000000\": {\"bot_id\": \"b");

        new DumpFile(file(), CLOCK).add(entry("192.0.2.1"));

        assertEquals(1, ((Map<?, ?>) Json.parse(Files.readString(file()))).size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("bot.dump", "bot.dump.broken-" + CLOCK.millis()),
                    files.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList());
        }
    }

    @Test
    void whereverACrashCutsItOffItsWholeEntriesStay() throws Exception {
        DumpFile dump = new DumpFile(file(), CLOCK);
        dump.add(entry("192.0.2.1"));
        dump.add(entry("192.0.2.2"));
        byte[] two = Files.readAllBytes(file());
        dump.add(entry("192.0.2.3"));
        byte[] three = Files.readAllBytes(file());

        for (int end = two.length - "\n}".length(); end < three.length - "\n}".length(); end++) {
            Files.write(file(), Arrays.copyOf(three, end));
            new DumpFile(file(), Clock.offset(CLOCK, Duration.ofSeconds(1))).add(entry("192.0.2.4"));
            String kept = Json.parse(Files.readString(file())).toString();
            assertTrue(kept.contains("192.0.2.1") && kept.contains("192.0.2.2") && kept.contains("192.0.2.4"), "cut off at " + end + ": " + kept);
        }
    }

    /** It may be larger than the memory, most of all after an end for lack of memory. */
    @Test
    void aLargeFileIsMendedWithoutReadingItWhole() throws Exception {
        DumpFile dump = new DumpFile(file(), CLOCK);
        dump.add(new DumpEntry("bot", "bot-queue", "trace", "x".repeat(32 << 20), false));
        byte[] content = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(content, content.length - 1));
        DumpEntry next = entry("192.0.2.4");
        long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();

        new DumpFile(file(), Clock.offset(CLOCK, Duration.ofSeconds(1))).add(next);

        long allocated = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 8 << 20, allocated + " bytes were allocated");
        assertEquals(2, ((Map<?, ?>) Json.parse(Files.readString(file()))).size());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForTheOwnerAndItsGroupAlone() throws Exception {
        new DumpFile(file(), CLOCK).add(entry("192.0.2.1"));

        assertTrue(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())).matches("rw-(rw|r-|--)----"));
    }
}
