package org.intelmq.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * However the server is stopped, no row is lost and none is in a database twice, with a backlog before each kind of output.
 * {@code mvn verify -Pcrash-matrix}, with {@code -Dstops=25} for so many stops of each kind, shared among the ways of delivery,
 * {@code -Dcase=SIGTERM,FROZEN} for some kinds, {@code -Dseed=1} for other moments, {@code -Dfreeze=5} for seconds.
 */
@Tag("crash-matrix")
class StopMatrixIT {

    private static final int STOPS = Integer.getInteger("stops", 4);
    private static final int ROWS = Integer.getInteger("rows", 2_000);
    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final String ONLY = System.getProperty("case");
    private static final Path TABLE = Path.of("target/stop-matrix.txt");

    @TempDir
    private static Path folder;
    private static Postgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = Postgres.start(folder.resolve("postgres"));
        Files.deleteIfExists(TABLE);
        write("%-26s %-14s %5s %8s %9s %9s  %s%n".formatted("stop", "mode", "tries", "backlog", "longest", "attempted", "lost/doubled in each output"));
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
        System.out.println(Files.readString(TABLE));
    }

    @TestFactory
    Stream<DynamicTest> anOrderlyStopLosesNothing() {
        return Arrays.stream(Stop.values()).filter(stop -> ONLY == null || List.of(ONLY.split(",")).contains(stop.name()))
                .map(stop -> dynamicTest(stop.title(), () -> check(stop)));
    }

    private static void check(Stop stop) throws Exception {
        Random random = new Random(SEED + stop.ordinal());
        Life.Mode[] modes = Life.Mode.values();
        try (StoppedSite site = new StoppedSite(folder.resolve(stop.name()), postgres)) {
            for (int i = 0; i < STOPS; i++) {
                site.live(stop, modes[i % modes.length], ROWS, random);
            }
            Map<String, Map<Integer, Integer>> arrived = site.arrived();
            Map<Life.Mode, List<Life>> byMode = site.lives().stream().collect(Collectors.groupingBy(Life::mode, TreeMap::new, Collectors.toList()));
            for (Map.Entry<Life.Mode, List<Life>> lives : byMode.entrySet()) {
                write(line(stop, lives.getKey(), Life.Result.of(lives.getValue(), arrived)));
            }
            Life.Result all = Life.Result.of(site.lives(), arrived);
            assertEquals(0, all.lost(), all.toString());
            assertEquals(0, all.doubledInDatabases(), all.toString());
            assertEquals(0, all.silent(), all.toString());
        }
    }

    private static String line(Stop stop, Life.Mode mode, Life.Result result) {
        String outputs = result.outputs().entrySet().stream()
                .map(output -> output.getKey() + " " + output.getValue().lost() + "/" + output.getValue().doubled()).collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%-26s %-14s %5d %8d %7.1f s %9d  %s%n", stop.title(), mode.title(), result.lives().size(), result.withBacklog(),
                result.longestStop().toMillis() / 1e3, result.attempted(), outputs);
    }

    private static void write(String line) throws IOException {
        System.out.print(line);
        Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
