package org.intelmq.administration.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.access.AddUser;
import org.intelmq.administration.access.RemoveUser;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.administration.configuration.Positions;
import org.intelmq.administration.configuration.RollBack;
import org.intelmq.administration.configuration.SaveConfiguration;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;
import org.intelmq.administration.rules.WriteRules;
import org.intelmq.control.BotState;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.Test;

/** What is changed on one server, and what becomes of it on the others. */
class SharingTest extends SharedServers {

    @Test
    void whatTheFirstServerHasIsWhatAllHave() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b", "out: {module: intelmq.bots.outputs.blackhole.output, group: Output}\n", (method, arguments) -> { });
        assertEquals(RUNTIME, a.runtime());
        assertEquals(RUNTIME, b.runtime());
        assertEquals("out: {module: intelmq.bots.outputs.blackhole.output, group: Output}\n", Files.readString(kept(b).get(0)));
        assertEquals(List.of("as it was found by hand on a", "as it was found by hand on a"),
                b.history().stream().map(each -> each.reason() + " " + each.way()).toList());
    }

    @Test
    void aChangeOnOneServerIsMadeOnTheOthers() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        Revision done = a.history().get(0);
        a.apply("anna", MORE.replace("file: var/out.txt", "file: var/other.txt"), "more");
        assertEquals(BotState.UNKNOWN, b.state("second"));
        b.look();
        assertEquals(a.runtime(), b.runtime());
        assertEquals(BotState.RUNNING, b.state("second"));
        assertTrue(Files.exists(b.root().resolve("var/other.txt")), "the output works with its new file");
        assertEquals(a.history(), b.history());
        assertEquals(done.revision() + 1, b.history().get(0).revision());
        assertEquals("anna: more", b.history().get(0).who() + ": " + b.history().get(0).reason());

        b.apply("otto", RUNTIME, "less");
        a.look();
        assertEquals(BotState.UNKNOWN, a.state("second"));
        assertEquals(RUNTIME, a.runtime());
        assertEquals(List.of(), kept(a));
    }

    @Test
    void theHistoryOfAllIsMaskedAndCanBeRolledBackToAnywhere() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        a.apply("anna", RUNTIME.replace("swordfish", "haddock"), "another token");
        b.look();
        long first = b.history().stream().filter(each -> each.file().equals("etc/runtime.yaml")).toList().get(1).revision();
        assertFalse(b.as("otto", new ReadHistory.One(first, null)).content().contains("swordfish"));
        b.as("otto", new RollBack(first, null, false));
        b.apply("otto", null, "back");
        a.look();
        assertEquals(RUNTIME.replace("swordfish", "\"swordfish\""), a.runtime());
    }

    @Test
    void aServerThatWasAwayTakesTheNewConfiguration() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        b.close();
        a.apply("anna", MORE, "more");
        a.as("anna", new WriteRules(RULES, "drop\n", "nothing", null));
        SharedServer back = again(b);
        assertEquals(MORE, back.runtime());
        assertEquals("drop\n", back.text(RULES));
        assertEquals(BotState.RUNNING, back.state("second"), "a bot that is new");
        assertEquals(a.history(), back.history());
        assertEquals(List.of(), kept(back), "nobody has edited anything");
    }

    @Test
    void whatWasEditedOnAServerThatWasAwayIsKept() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        b.close();
        a.apply("anna", MORE, "more");
        b.write("etc/runtime.yaml", RUNTIME + "# mine\n");
        SharedServer back = again(b);
        assertEquals(MORE, back.runtime());
        assertEquals(RUNTIME + "# mine\n", Files.readString(kept(back).get(0)));
        a.look();
        assertEquals(MORE, a.runtime());
    }

    @Test
    void whatIsEditedByHandReachesTheFilesOfTheOthers() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        b.write("etc/runtime.yaml", MORE);
        b.look();
        a.look();
        assertEquals(MORE, a.runtime());
        assertEquals(BotState.STOPPED, a.state("second"), "as after an edit on a single server");
        assertEquals("changed by hand by hand on b", a.history().get(0).reason() + " " + a.history().get(0).way());

        b.write("etc/runtime.yaml", "out: {");
        b.sharing().catchUp();
        String problem = b.sharing().problems().get(0).text();
        assertTrue(problem.startsWith("etc/runtime.yaml was changed on this server, but the others do not get it"), problem);
        a.look();
        assertEquals(MORE, a.runtime());
        b.write("etc/runtime.yaml", MORE);
        b.look();
    }

    @Test
    void whatTheWebManagerSavesTouchesNoBots() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        Map<String, Object> sections = new LinkedHashMap<>();
        ((Map<?, ?>) Yaml.read(MORE, "runtime.yaml")).forEach((key, value) -> sections.put((String) key, value));
        a.as("anna", new SaveConfiguration(sections));
        b.look();
        assertEquals(a.runtime(), b.runtime());
        assertEquals(BotState.STOPPED, b.state("second"));
    }

    @Test
    void ordersFindTheNewConfiguration() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        a.write("etc/runtime.yaml", MORE);
        assertEquals(BotState.RUNNING, a.as("anna", new ChangeBots(
                BotAction.START, List.of("second"))).get("second"));
        b.look();
        assertEquals(MORE, b.runtime());
    }

    @Test
    void rulesAreReloadedEverywhere() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        a.as("anna", new WriteRules(RULES, "drop\n", "nothing", null));
        b.look();
        assertEquals("drop\n", b.text(RULES));
        assertEquals("nothing", b.history().get(0).reason());
        assertEquals(BotState.RUNNING, b.state("first"));
    }

    @Test
    void rulesThatAreNamedAgainAreThereAgain() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        Files.delete(b.root().resolve(RULES));
        String without = RUNTIME.substring(RUNTIME.indexOf("out:"));
        b.close();
        Files.deleteIfExists(b.root().resolve("var/lib/configuration/agreed.json"));
        a.apply("anna", without, "no rules");
        SharedServer back = again(b);
        assertFalse(Files.exists(back.root().resolve(RULES)));
        a.apply("anna", RUNTIME, "rules again");
        back.look();
        assertEquals(KEEP, back.text(RULES));
        assertEquals(BotState.RUNNING, back.state("first"));
    }

    @Test
    void aRefusedChangeIsNobodysChange() throws Exception {
        SharedServer a = server("a", RUNTIME, (method, arguments) -> {
            if (method.equals("reload")) {
                Files.writeString(folder.resolve("a/var/elsewhere"), "a file where a folder should be");
            }
        });
        SharedServer b = server("b");
        Refusal refusal = refused(() -> a.apply("anna", RUNTIME.replace("var/out.txt", "var/elsewhere/out.txt"), "moves"));
        assertEquals("bot-refused", refusal.code());
        assertEquals(RUNTIME, a.runtime());
        b.look();
        assertEquals(RUNTIME, b.runtime());
        assertEquals(a.history(), b.history());
    }

    @Test
    void usersAndPlacesInTheGraphAreTheSameEverywhereAndOldPasswordsAreForgotten() throws Exception {
        SharedServer a = server("a");
        SharedServer b = server("b");
        a.as("anna", new AddUser("anna", Role.ADMIN, "correct horse"));
        a.as("anna", new AddUser("otto", Role.VIEWER, "battery staple"));
        a.as("anna", new Positions.Write(Map.of("out", Map.of("x", 1L, "y", 2L)), null));
        b.look();
        assertEquals(Map.of("out", Map.of("x", 1L, "y", 2L)), b.as("anna", new Positions()));
        String session = b.people().signIn().withPassword("otto", "battery staple", "192.0.2.1").token();
        assertTrue(b.people().signIn().session(session).isPresent());
        a.as("anna", new RemoveUser("otto"));
        b.look();
        assertFalse(b.people().signIn().session(session).isPresent());
        assertEquals(List.of(), b.history().stream().filter(each -> each.file().contains("users")).toList());
        try (Connection connection = database.connect("test"); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM intelmq_configuration WHERE file = 'etc/users.json'")) {
            rows.next();
            assertEquals(1, rows.getInt(1));
        }
    }
}
