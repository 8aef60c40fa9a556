package org.intelmq.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orderly stop loses nothing, with events waiting before each kind of output: the short form of {@link StopMatrixIT}. */
class StopIT {

    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final int ROWS = 5_000;
    private static final List<Stop> STOPS = List.of(Stop.SHUTDOWN, Stop.SECOND_SIGTERM, Stop.KILLED_WHILE_STOPPING);

    @TempDir
    private Path root;

    @Test
    void anOrderlyStopLosesNothing() throws Exception {
        Random random = new Random(SEED);
        try (StoppedSite site = new StoppedSite(root, null)) {
            for (Stop stop : STOPS) {
                site.live(stop, Life.Mode.PLAIN, ROWS, random);
            }
            Life.Result result = Life.Result.of(site.lives(), site.arrived());
            System.out.println(result);
            assertEquals(0, result.lost(), result.toString());
            assertEquals(0, result.doubledInDatabases(), result.toString());
            assertEquals(0, result.silent(), result.toString());
            assertTrue(result.withBacklog() > 0, "events waited at some of the stops: " + result);
        }
    }
}
