package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void eachLineSaysHowManyDifferOnPurpose() {
        Tally tally = new Tally();
        tally.addControl(Outcome.of("run/1", "api run", List.of()));
        tally.addControl(Outcome.deliberate("run/2", "api run", List.of(), "an empty queue is told at once"));
        tally.addControl(Outcome.of("auth/1", "api auth", List.of()));
        assertEquals("""
                 passed  failed  unsupported
                      1       0            0  api auth
                      2       0            0  api run (1 of the passed differ on purpose)
                      3       0            0  in all (1 of the passed differ on purpose)
                """, tally.toString());
    }
}
