package org.intelmq.engine.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {

    private static final Exception FAULT = new IllegalStateException("no such field");
    private static final Exception SERVICE = new IOException(new UnavailableException("the database is unreachable"));
    private static final Exception CONNECTION = new ConnectException("connection refused");
    private static final Exception CONFIGURATION = new ConfigurationException("parameter 'file' cannot be read");
    private static final Verdict RETRY = new Verdict.RetryAfter(Duration.ofSeconds(7));

    private final Patience patience = new Patience();

    private static RuntimeParams params(String... procedure) {
        Map<String, Object> values = Map.of("error_max_retries", 2, "error_retry_delay", 7, "error_procedure", procedure.length > 0 ? procedure[0] : "pass");
        return ParameterSchema.of(RuntimeParams.class).read(values, Set.of(), new ParameterSchema.Folders(Path.of("/"), Path.of("/"))).value();
    }

    private Verdict ofMessage(Exception reason, int attempt) {
        return FailurePolicy.ofMessage(reason, attempt, false, params(), patience);
    }

    @Test
    void aMessageIsTriedAgainAndThenGivenUp() {
        assertEquals(RETRY, ofMessage(FAULT, 1));
        assertEquals(new Verdict.GiveUp(false), ofMessage(FAULT, 2));
        assertEquals(new Verdict.GiveUp(true), FailurePolicy.ofMessage(FAULT, 2, false, params("stop"), patience));
    }

    @Test
    void whatNoTryCanMendIsGivenUpAtOnce() {
        assertEquals(new Verdict.GiveUp(false), ofMessage(new UndecodableException("no report"), 0));
    }

    @Test
    void aServiceThatIsAwayIsWaitedFor() {
        assertEquals(new Verdict.Wait(false), ofMessage(SERVICE, 5));
    }

    @Test
    void theFirstConnectionThatFailsMayBeTheMessage() {
        assertEquals(RETRY, ofMessage(CONNECTION, 0));
        patience.doubt();
        assertEquals(new Verdict.Wait(true), ofMessage(CONNECTION, 0));
        patience.success();
        assertEquals(new Verdict.GiveUp(false), ofMessage(CONNECTION, 2));
    }

    @Test
    void aConfigurationThatCannotWorkStopsTheBot() {
        assertEquals(new Verdict.Stop(), ofMessage(CONFIGURATION, 0));
        assertEquals(new Verdict.Stop(), FailurePolicy.ofRun(CONFIGURATION, 0, false, params()));
        assertEquals(new Verdict.Stop(), FailurePolicy.ofStart(CONFIGURATION));
        assertEquals(new Verdict.Stop(), FailurePolicy.ofStream(CONFIGURATION, Duration.ofSeconds(1), params()));
    }

    @Test
    void nothingIsPutDownToAMessageWhileTheBotIsBeingStopped() {
        for (Exception reason : Set.of(FAULT, SERVICE, CONNECTION, CONFIGURATION)) {
            assertEquals(new Verdict.GoBack(), FailurePolicy.ofMessage(reason, 9, true, params("stop"), patience));
            assertEquals(new Verdict.GoBack(), FailurePolicy.ofRun(reason, 9, true, params("stop")));
        }
    }

    @Test
    void aCollectorWaitsForWhateverItCannotReach() {
        assertEquals(new Verdict.Wait(false), FailurePolicy.ofRun(SERVICE, 9, false, params()));
        assertEquals(new Verdict.Wait(false), FailurePolicy.ofRun(CONNECTION, 9, false, params()));
        assertEquals(RETRY, FailurePolicy.ofRun(FAULT, 0, false, params()));
        assertEquals(new Verdict.GiveUp(true), FailurePolicy.ofRun(FAULT, 2, false, params("stop")));
    }

    @Test
    void aBotThatCannotBeMadeWaitsForOtherSystemsAlone() {
        assertEquals(new Verdict.Wait(false), FailurePolicy.ofStart(CONNECTION));
        assertEquals(new Verdict.Wait(false), FailurePolicy.ofStart(new IOException("the server hung up")));
        assertEquals(new Verdict.Stop(), FailurePolicy.ofStart(new NoSuchFileException("rules.yaml")));
        assertEquals(new Verdict.Stop(), FailurePolicy.ofStart(FAULT));
    }

    @Test
    void aStreamIsRunAgainUnlessItIsToStop() {
        Duration pause = Duration.ofSeconds(3);
        assertEquals(new Verdict.RetryAfter(pause), FailurePolicy.ofStream(FAULT, pause, params()));
        assertEquals(new Verdict.Wait(false), FailurePolicy.ofStream(CONNECTION, pause, params()));
        assertEquals(new Verdict.GiveUp(true), FailurePolicy.ofStream(FAULT, pause, params("stop")));
    }
}
