package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.NumberedPipeline;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.TwoOutputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One report that is larger than the memory of the server comes through, although it is killed while the report is stored, while it
 * is cut up and while its pieces are parsed. {@code -Dreport.megabytes=1024} for the long run.
 */
class LargeReportIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final long BYTES = Long.getLong("report.megabytes", 150) * MEBIBYTE;
    private static final int BYTES_A_ROW = 2500;
    private static final String HEAP = "384m";
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

    @TempDir
    private Path root;

    @Test
    void comesThroughWithoutLossOrDoublesThoughTheServerIsKilled() throws IOException, SQLException {
        TwoOutputs installation = TwoOutputs.configure(root,
                new NumberedPipeline(root).collector("").columns("source.ip, source.port, comment, extra.text"));
        int rows = writeReport();
        killWhen(() -> bytesBelow("var/lib/broker/large-messages") > 0);
        assertTrue(Files.exists(root.resolve("var/in/large.csv")), "killed before the whole report was stored");
        killWhen(() -> bytesBelow("var/lib/broker/paging") > 0);
        assertFalse(Files.exists(root.resolve("var/in/large.csv")), "killed when it was stored");
        assertEquals(0, bytesBelow("var/out/events.txt"), "killed while pieces fill the queue");
        killWhen(() -> bytesBelow("var/out/events.txt") > 0);
        long mostMemory;
        try (ServerProcess server = ServerProcess.start(root, ServerProcess.asShipped(Map.of("INTELMQ_HEAP", HEAP)))) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(new NumberedFeed(root)));
            mostMemory = peakMemory(server.pid());
            assertEquals(0, server.stop());
        }
        int inFile = NumberedFeed.rowsIn(installation.events()).size();
        TwoOutputs.InDatabase inDatabase = installation.inDatabase();
        System.out.printf("a report of %d MiB at a heap of %s, killed 3 times: %d rows, lost %d in the file and %d in the database, "
                + "doubled %d in the database, at most %d MiB of memory%n", BYTES / MEBIBYTE, HEAP, rows, rows - inFile, rows - inDatabase.distinct(),
                inDatabase.rows() - inDatabase.distinct(), mostMemory / MEBIBYTE);
        assertEquals(rows, inFile, "distinct rows in the file");
        assertEquals(rows, inDatabase.distinct(), "distinct rows in the database");
        assertEquals(rows, inDatabase.rows(), "rows in the database");
        assertEquals(0, bytesBelow("var/lib/broker/large-messages"), "bytes of large messages left behind");
        try (Stream<Path> logs = Files.list(root.resolve("var/log"))) {
            assertEquals(List.of(), logs.filter(file -> file.toString().endsWith(".dump")).toList(), "nothing was dumped");
        }
    }

    /** What it does may be over before it is ready for others. */
    private void killWhen(Callable<Boolean> moment) throws IOException {
        try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), ServerProcess.asShipped(Map.of("INTELMQ_HEAP", HEAP)))) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(5)).until(moment);
            server.kill();
        }
    }

    private long bytesBelow(String name) throws IOException {
        if (!Files.exists(root.resolve(name))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(root.resolve(name))) {
            return files.filter(Files::isRegularFile).mapToLong(LargeReportIT::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long peakMemory(long pid) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(each -> each.startsWith("VmHWM:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    /** Returns the number of rows. */
    private int writeReport() throws IOException {
        Path file = root.resolve("var/large.csv");
        Random random = new Random(20261126);
        int rows = 0;
        try (BufferedWriter text = Files.newBufferedWriter(file)) {
            text.write("address,port,row,text\n");
            for (long written = 0; written < BYTES; written += BYTES_A_ROW, rows++) {
                text.write("93." + (rows >> 16) + '.' + (rows >> 8 & 255) + '.' + (rows & 255) + ",443,n" + rows + ",\"");
                for (int i = 0; i < BYTES_A_ROW - 40; i += 12) {
                    text.write(Integer.toHexString(random.nextInt() | 1 << 31) + (i % 480 == 0 ? ",\n\"\"" : " to "));
                }
                text.write("\"\n");
            }
        }
        Files.move(file, root.resolve("var/in/large.csv"), StandardCopyOption.ATOMIC_MOVE);
        return rows;
    }
}
