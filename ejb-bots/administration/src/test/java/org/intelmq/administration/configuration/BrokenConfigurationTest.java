package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that concern the whole file, proposed or in force. */
class BrokenConfigurationTest {

    @TempDir
    private Path root;
    private TestServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new TestServer(root, """
                first:
                  module: intelmq.bots.experts.taxonomy.expert
                  group: Expert
                  parameters:
                    destination_queues: {_default: [out-queue]}
                out:
                  module: intelmq.bots.outputs.file.output
                  group: Output
                  parameters:
                    file: %s/var/out.txt
                """.formatted(root), (method, arguments) -> { });
        server.memory().engine().start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private <A> A as(String user, Operation<A> operation) throws Exception {
        return server.ask(user, operation);
    }

    private String file() throws Exception {
        return Files.readString(server.installation().runtimeConfiguration());
    }

    private void set(Object value) throws Exception {
        as("anna", new ChangeDraft(null, List.of(new Edit("set", "out", "x_note", null, value, null, null, null)), null));
    }

    /** Neither plan, check nor apply let one in, and one that is in the file already is named. */
    @Test
    void aNumberThatIsNotFiniteIsNamedWithItsPlace() throws Exception {
        String wrong = file().replace("file: ", "x_note: .inf\n    file: ");
        String place = "runtime.yaml has '.inf' in line 10 (out.parameters.x_note): expected a finite number, or text in quotes";
        for (Operation<?> operation : List.of(new ReadDraft.Planned(wrong), new ApplyDraft(wrong, "why", null, null, null, null))) {
            Refusal refused = assertThrows(Refusal.class, () -> as("anna", operation));
            assertEquals(List.of(Refusal.Kind.UNACCEPTABLE, place), List.of(refused.kind(), refused.getMessage()));
        }
        assertTrue(as("anna", new ReadDraft.Problems(wrong)).get(0).text().contains(place));
        assertThrows(Refusal.class, () -> set(new BigDecimal("1e999999999")));
        assertThrows(Refusal.class, () -> set(Double.NaN));

        Files.writeString(server.installation().runtimeConfiguration(), wrong);
        assertTrue(as("anna", new ReadConfiguration()).text().contains("x_note: .inf"));
        assertTrue(as("anna", new ReadDraft()).problems().get(0).text().contains(place));
    }

    @Test
    void aPlanRefusesABotThatCannotBe() throws Exception {
        Refusal refused = assertThrows(Refusal.class, () -> as("anna", new ReadDraft.Planned(file() + "../../x:\n  module: y\n")));
        assertEquals(List.of(Refusal.Kind.UNACCEPTABLE, "bot id '../../x' is not usable: expected letters, digits and hyphens"),
                List.of(refused.kind(), refused.problems().get(0).text()));
    }

    @Test
    void aBrokenFileIsRolledBack() throws Exception {
        String before = file();
        assertEquals("Output", as("anna", new ReadConfiguration.Bot("out")).get("group"));
        long known = as("anna", new ReadHistory(null, 10, null)).items().get(0).revision();
        Files.writeString(server.installation().runtimeConfiguration(), before + "oops: [\n");
        as("anna", new RollBack(known, null, false));
        assertEquals(List.of(), as("anna", new ReadDraft.Planned(null)).reloads());
        as("anna", new ApplyDraft(null, "mended", null, null, null, null));
        assertEquals(before, file());
        assertEquals(Map.of("first", BotState.RUNNING), server.memory().control().status(List.of("first")));
    }
}
