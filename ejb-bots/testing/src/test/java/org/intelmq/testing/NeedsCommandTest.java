package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NeedsCommandTest {

    private static boolean ran;

    @Test
    @NeedsCommand({"sh", "a-program-that-nobody-has"})
    void isLeftOutWithoutTheProgram() {
        fail("this program is not here");
    }

    @Test
    @NeedsCommand("sh")
    void isRunWithTheProgram() {
        ran = true;
        assertEquals(Optional.of("sh"), Commands.find("sh").map(Path::getFileName).map(Path::toString));
    }

    @AfterAll
    static void wasRun() {
        assertTrue(ran, "a test whose program is there is run");
    }
}
