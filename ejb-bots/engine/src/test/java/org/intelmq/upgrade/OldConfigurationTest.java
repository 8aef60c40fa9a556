package org.intelmq.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folders in {@code old} are written as the documentation of these versions says. */
class OldConfigurationTest {

    @TempDir
    Path root;

    private Installation lay(String version) throws IOException, URISyntaxException {
        Path etc = Files.createDirectories(root.resolve("etc"));
        try (Stream<Path> files = Files.list(Path.of(getClass().getResource("old/" + version).toURI()))) {
            for (Path file : files.toList()) {
                Files.copy(file, etc.resolve(file.getFileName().toString()));
            }
        }
        return Installation.at(root);
    }

    private RuntimeConfiguration takenOver(String version) throws IOException, URISyntaxException {
        Installation installation = lay(version);
        String line = new OldConfiguration(installation).takeOver(Clock.systemUTC()).orElseThrow();
        assertTrue(line.contains(installation.etc().resolve("before-upgrade").toString()), line);
        assertFalse(line.contains("\n"), line);
        return RuntimeConfiguration.read(installation.runtimeConfiguration(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "2.0", "2.1", "2.2", "2.3"})
    void allBotsAreThereAndConnectedAndTheOldFilesKept(String version) throws Exception {
        RuntimeConfiguration configuration = takenOver(version);

        assertEquals(List.of(), configuration.problems().stream().map(Problem::text).toList());
        configuration.bots().values().forEach(bot -> {
            assertTrue(bot.module() != null && bot.group() != null && bot.name() != null, bot.toString());
            assertEquals(!"Output".equals(bot.group()), bot.destinationQueues().containsKey("_default"), bot.toString());
        });
        assertTrue(configuration.global().containsKey("logging_level"));
        for (String name : List.of("runtime.conf", "defaults.conf", "pipeline.conf")) {
            assertFalse(Files.exists(root.resolve("etc").resolve(name)), name);
            assertTrue(Files.exists(root.resolve("etc/before-upgrade").resolve(name)), name);
        }
        assertFalse(Files.exists(root.resolve("etc/upgrade.new")));
        assertTrue(Files.exists(root.resolve("var/lib/state.json")));
        assertEquals(List.of(), new OldConfiguration(Installation.at(root)).takeOver(Clock.systemUTC()).stream().toList());
    }

    @Test
    void ofOneZeroGetsTheNamesOfToday() throws Exception {
        RuntimeConfiguration configuration = takenOver("1.0");

        assertEquals("Partner lists", configuration.bot("feed-folder").parameters().get("name"));
        assertEquals("intelmq.bots.parsers.cymru.parser_full_bogons", configuration.bot("bogons").module());
        assertEquals("intelmq.bots.experts.ripe.expert", configuration.bot("abuse-contact").module());
        assertEquals(true, configuration.bot("abuse-contact").parameters().get("query_ripe_stat_ip"));
        BotConfiguration parser = configuration.bot("partner-csv");
        assertEquals(";", parser.parameters().get("delimiter"));
        assertNull(parser.parameters().get("delimeter"));
        assertEquals(Map.of("classification.type", "malware"), parser.parameters().get("default_fields"));
        assertEquals("intelmq", configuration.global().get("process_manager"));
        assertEquals("redis", configuration.global().get("source_pipeline_broker"));
    }

    @Test
    void ofOneOneGetsTheAddressesOfToday() throws Exception {
        RuntimeConfiguration configuration = takenOver("1.1");
        assertEquals("https://feodotracker.abuse.ch/downloads/ipblocklist.csv", configuration.bot("feodo").parameters().get("http_url"));
        assertEquals("DNS-Open-Resolvers", configuration.bot("open-resolvers").parameters().get("feedname"));
        assertEquals(true, configuration.bot("names").parameters().get("overwrite"));
        assertFalse(configuration.bot("names").enabled());
    }

    @Test
    void ofTwoZeroKeepsItsPathsAndQueues() throws Exception {
        RuntimeConfiguration configuration = takenOver("2.0");
        assertEquals(Map.of("_default", List.of("lists-parser-queue")), configuration.bot("lists").destinationQueues());
        assertEquals(Map.of("_default", List.of("once-in"), "_on_error", List.of("rest-queue")), configuration.bot("lists-parser").destinationQueues());
        assertEquals("once-in", configuration.bot("once").sourceQueue());
        assertEquals("intelmq.bots.outputs.sql.output", configuration.bot("table").module());
        assertEquals("postgresql", configuration.bot("table").parameters().get("engine"));
    }

    @Test
    void ofTwoOneTakesAttachmentsAsToday() throws Exception {
        RuntimeConfiguration configuration = takenOver("2.1");
        assertEquals(true, configuration.bot("tickets").parameters().get("extract_attachment"));
        assertEquals(true, configuration.bot("mails").parameters().get("extract_files"));
    }

    @Test
    void whatPeopleMustDoIsInTheLineAndTheRestIsDone() throws Exception {
        Installation installation = lay("2.2");
        String line = new OldConfiguration(installation).takeOver(Clock.systemUTC()).orElseThrow();
        assertTrue(line.contains("Do this by hand") && line.contains("hphosts"), line);
        RuntimeConfiguration configuration = RuntimeConfiguration.read(installation.runtimeConfiguration(), Map.of());
        assertEquals(false, configuration.bot("misp").parameters().get("http_verify_cert"));
        assertEquals("intelmq.bots.experts.url.expert", configuration.bot("urls").module());
    }

    @Test
    void ownFieldsStayAndMissingOnesCome() throws Exception {
        Installation installation = lay("2.3");
        Files.writeString(installation.harmonization(), """
                {"event": {"extra": {"type": "JSONDict"}, "own.field": {"type": "String", "description": "ours"}}, "report": {}}
                """);
        new OldConfiguration(installation).takeOver(Clock.systemUTC());
        List<Field> fields = Harmonization.parse(Files.readString(installation.harmonization())).eventFields();
        assertTrue(fields.containsAll(List.of(Field.of("own.field"), Fields.SOURCE_IP)), fields.toString());
        assertTrue(Files.exists(root.resolve("etc/before-upgrade/harmonization.conf")));
    }

    @Test
    void oneLineIsAllThereIsToSayOfAVersionBeforeOneZero() throws Exception {
        Installation installation = lay("before-1.0");
        ConfigurationFileException refused = assertThrows(ConfigurationFileException.class,
                () -> new OldConfiguration(installation).takeOver(Clock.systemUTC()));
        assertTrue(refused.getMessage().contains("before 1.0") && refused.getMessage().contains("write a new runtime.yaml"), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"));
        assertTrue(Files.exists(root.resolve("etc/runtime.conf")));
        assertFalse(Files.exists(installation.runtimeConfiguration()));
    }

    @Test
    void aNewerConfigurationIsLeftAlone() throws Exception {
        Installation installation = lay("2.3");
        Files.writeString(installation.runtimeConfiguration(), "sink: {group: Output, module: intelmq.bots.outputs.file.output}\n");
        assertTrue(new OldConfiguration(installation).takeOver(Clock.systemUTC()).isEmpty());
        assertTrue(Files.exists(root.resolve("etc/runtime.conf")));
    }

    @Test
    void whatCannotBeReadIsToldAndLeftAsItIs() throws Exception {
        Installation installation = lay("2.3");
        Files.writeString(root.resolve("etc/pipeline.conf"), "{\"lists\": {");
        assertThrows(ConfigurationFileException.class, () -> new OldConfiguration(installation).takeOver(Clock.systemUTC()));
        assertFalse(Files.exists(installation.runtimeConfiguration()));
        assertTrue(Files.exists(root.resolve("etc/runtime.conf")));
    }
}
