package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.UnavailableException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.engine.lend.Rehearsal;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.state.TransactionalState;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the check refuses, the start refuses, and nothing else. A file in {@code configurations} is a broken configuration: the
 * {@code runtime}, {@code files} next to it, which bots are {@code refused} and with what words, and what else makes the check fail.
 * Each refusal names the bot's parameter, unless the file says why it is {@code keyless}.
 */
class ConfigurationCheckTest {

    private static final Catalogue CATALOGUE = Catalogue.load(ConfigurationCheckTest.class.getClassLoader(), Path.of("none"));

    @TempDir
    Path root;

    /** A network whose clients can be made, and where nobody answers. */
    private static final class DeadNetwork implements Network {

        private boolean asked;

        @Override
        public Http http(HttpParams params) {
            new JdkHttp(params);
            return new Http() {
                @Override
                public HttpResponse<InputStream> send(HttpRequest request) {
                    asked = true;
                    throw new UnavailableException("nobody answers");
                }

                @Override
                public HttpRequest.Builder request(URI address) {
                    return HttpRequest.newBuilder(address);
                }
            };
        }

        @Override
        public Dns dns() {
            asked = true;
            throw new UnavailableException("nobody answers");
        }
    }

    /** What a server lends. */
    private record Deaf(Network network) implements Services {

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public long queueLength(String queue) {
            return 0;
        }

        @Override
        public TransactionalState state(String botId, CacheParams params) {
            return new Rehearsal(network).state(botId, params);
        }

        @Override
        public Http http(HttpParams params) {
            return network.http(params);
        }

        @Override
        public Dns dns() {
            return network.dns();
        }
    }

    static List<Path> configurations() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(ConfigurationCheckTest.class.getResource("configurations").toURI()))) {
            return files.sorted().toList();
        }
    }

    @Test
    void sixtyAreRefusedByBotAndKey() throws Exception {
        int refused = 0;
        for (Path file : configurations()) {
            Map<?, ?> wanted = (Map<?, ?>) Yaml.read(Files.readString(file), file.toString());
            refused += wanted.containsKey("keyless") || ((Map<?, ?>) wanted.get("refused")).isEmpty() ? 0 : 1;
        }
        assertTrue(refused >= 60, "only " + refused);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void refusesWhatTheStartRefuses(Path file) throws IOException {
        Map<?, ?> wanted = (Map<?, ?>) Yaml.read(Files.readString(file), file.toString());
        layOut(wanted);
        Map<String, String> before = tree();
        DeadNetwork network = new DeadNetwork();

        ConfigurationCheck.Result check = new ConfigurationCheck(Installation.at(root), CATALOGUE, Map.of(), network).run(null);

        assertEquals(before, tree(), "a check writes nothing");
        assertFalse(network.asked, "a check asks nobody");
        Map<?, ?> refused = (Map<?, ?>) wanted.get("refused");
        assertEquals(new TreeSet<>(refused.keySet()), refusedBots(check.problems()), "refused by the check: " + refusedTexts(check));
        refused.forEach((bot, words) -> assertTrue(check.problems().stream().anyMatch(problem -> problem.isRefused() && problem.concerns((String) bot)
                && (problem.parameter() != null || wanted.containsKey("keyless")) && problem.text().contains((String) words)),
                bot + ": " + refusedTexts(check)));
        if (wanted.get("failing") != null) {
            assertTrue(check.problems().stream().anyMatch(problem -> problem.severity().isFailing()
                    && problem.text().contains((String) wanted.get("failing"))));
        }

        try (MemoryEngine memory = new MemoryEngine(Installation.at(root), Map.of(), CATALOGUE, new Deaf(network))) {
            memory.engine().start();
            for (BotConfiguration bot : memory.engine().configuration().bots().values()) {
                new EngineControl(memory.engine()).start(List.of(bot.id()));
                BotState state = memory.engine().status(bot.id());
                assertEquals(!refused.containsKey(bot.id()), state == BotState.RUNNING, bot.id() + " is " + state + ", and the check said: "
                        + refusedTexts(check));
            }
            assertEquals(refusedBots(check.problems()), refusedBots(memory.engine().problems()));
            assertEquals(new TreeSet<>(refused.keySet()).stream().filter(memory.engine().configuration().bots()::containsKey).toList(),
                    memory.engine().missing());
        }
    }

    @Test
    void asksForAnUpgradeOnlyWhereOneWouldChangeABot() throws IOException {
        layOut(Map.of("runtime", """
                out:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: out.txt, 1: {2: x}}
                bare:
                """));
        assertEquals(List.of(), linesAbout("upgrade-config"));

        layOut(Map.of("runtime", """
                in:
                  group: Collector
                  module: intelmq.bots.collectors.mail.collector_mail_attach
                  parameters: {attach_unzip: true, destination_queues: {_default: [out-queue]}}
                """));
        assertEquals(List.of("No state file found. Please call 'intelmqctl upgrade-config'."), linesAbout("upgrade-config"));
    }

    @Test
    void warnsOfWhatIntelMqWouldStartWith() throws IOException {
        layOut(Map.of("runtime", """
                csv:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: source.ip, type: c2, destination_queues: {_default: [once-queue]}}
                html:
                  group: Parser
                  module: intelmq.bots.parsers.html_table.parser
                  parameters: {columns: source.ip, type: c2, destination_queues: {_default: [once-queue]}}
                once:
                  group: Expert
                  enabled: perhaps
                  module: intelmq.bots.experts.deduplicator.expert
                  parameters: {filter_keys: raw, filter_type: greylist, destination_queues: {_default: [out-queue]}}
                out: {group: Output, enabled: true, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
                """));
        assertEquals(List.of("Bot 'once' has invalid `enabled` 'perhaps', which counts as true. Must be true or false."), linesAbout("`enabled`"));
        assertEquals(1, linesAbout("'csv': parameter 'type' cannot be \"c2\"").size());
        assertEquals(1, linesAbout("'html': parameter 'type' cannot be \"c2\"").size());
        assertEquals(1, linesAbout("'once': parameter 'filter_type' cannot be \"greylist\": expected whitelist or blacklist").size());
    }

    @Test
    void saysAWrongParameterThatConcernsBotAndServerOnce() throws IOException {
        layOut(Map.of("runtime", """
                in:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: /tmp/none, rate_limit: often, destination_queues: {_default: [out-queue]}}
                """));
        assertEquals(1, linesAbout("rate_limit").size(), linesAbout("rate_limit")::toString);
    }

    @Test
    void asksWhetherSomethingElseWasMeant() throws IOException {
        layOut(Map.of("runtime", """
                first: {group: Output, modul: intelmq.bots.outputs.file.output}
                second: {group: Output, module: intelmq.bots.outputs.file.outptu, descripton: x}
                third:
                  group: Expert
                  module: intelmq.bots.experts.gethostbyname.expert
                  parameters: {destination_queue: {_default: [out]}, logging_levl: X}
                fourth: {group: Output}
                """));
        assertEquals(List.of("bot 'first': key 'modul' is not used here, and there is no 'module'; did you mean 'module'?"), linesAbout("modul'"));
        assertEquals(List.of("bot 'first': key 'modul' is not used here, and there is no 'module'; did you mean 'module'?",
                "bot 'fourth': has no 'module': expected one listed by 'intelmqctl list bots'",
                "bot 'second': module cannot be \"intelmq.bots.outputs.file.outptu\": expected one listed by 'intelmqctl list bots'; did you mean "
                + "'intelmq.bots.outputs.file.output'?"), linesAbout("module").stream()
                .filter(line -> !line.contains("descripton")).toList());
        assertTrue(linesAbout("descripton").get(0).endsWith("; did you mean 'description'?"), linesAbout("descripton")::toString);
        assertTrue(linesAbout("'destination_queue'").get(0).endsWith("; did you mean 'destination_queues'?"),
                linesAbout("'destination_queue'")::toString);
        assertTrue(linesAbout("logging_levl").get(0).endsWith("; did you mean 'logging_level'?"), linesAbout("logging_levl")::toString);
    }

    @Test
    void warnsOfACollectorThatDeletesWhereOthersWrite() throws IOException {
        layOut(Map.of("runtime", """
                in:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {delete_file: true, destination_queues: {_default: [out-queue]}}
                """));
        assertEquals(List.of("bot 'in': Parameter 'delete_file' is true and 'path' is /tmp, which others use too and is the default: files there "
                + "with names that end with '.csv' are deleted once they have been read. Set 'path' to a folder of the bot's own."), linesAbout("delete_file"));
    }

    @Test
    void saysAMistakeInGlobalOnce() throws IOException {
        layOut(Map.of("runtime", """
                global: {logging_level: INFOO}
                tap: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: tap.txt}}
                out: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
                own: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: own.txt, logging_level: LOUD}}
                """));
        assertEquals(List.of("global.logging_level cannot be \"INFOO\": expected one of debug, info, warning, error, critical",
                "bot 'own': parameter 'logging_level' cannot be \"LOUD\": expected one of debug, info, warning, error, critical"),
                linesAbout("logging_level"));
    }

    @Test
    void namesBotsThatListenAtTheSamePlace() throws IOException {
        String queues = "destination_queues: {_default: [out-queue]}";
        layOut(Map.of("runtime", """
                tcp: {group: Collector, module: intelmq.bots.collectors.tcp.collector, parameters: {port: 5010, QUEUES}}
                api: {group: Collector, module: intelmq.bots.collectors.api.collector_api, parameters: {port: 5010, ip: 0.0.0.0, auth_token: x, QUEUES}}
                free: {group: Collector, module: intelmq.bots.collectors.tcp.collector, parameters: {port: 5011, QUEUES}}
                any: {group: Collector, module: intelmq.bots.collectors.tcp.collector, parameters: {port: 0, QUEUES}}
                some: {group: Collector, module: intelmq.bots.collectors.tcp.collector, parameters: {port: 0, QUEUES}}
                off: {group: Collector, module: intelmq.bots.collectors.tcp.collector, enabled: false, parameters: {port: 5011, QUEUES}}
                """.replace("QUEUES", queues)));
        assertEquals(List.of("bot 'tcp': parameter 'port' cannot be \"5010\": expected one of its own, as bot 'api' listens on 0.0.0.0:5010 too, "
                + "and only one of them can", "bot 'api': parameter 'port' cannot be \"5010\": expected one of its own, as bot 'tcp' listens on "
                + "127.0.0.1:5010 too, and only one of them can"), linesAbout("listens on"));
    }

    @Test
    void namesAJarOfBotsThatIsCutOff() throws IOException {
        layOut(Map.of("runtime", "{}", "files", Map.of("var/lib/bot-jars/cut.jar", "PK")));
        Catalogue catalogue = Catalogue.load(getClass().getClassLoader(), Installation.at(root).botJars());
        ConfigurationCheck.Result check = new ConfigurationCheck(Installation.at(root), catalogue, Map.of(), new DeadNetwork()).run(null);
        assertTrue(check.failed());
        assertTrue(check.problems().stream().anyMatch(problem -> problem.text().startsWith("bot jar " + root.resolve("var/lib/bot-jars/cut.jar"))));
    }

    private List<String> linesAbout(String word) {
        return new ConfigurationCheck(Installation.at(root), CATALOGUE, Map.of(), new DeadNetwork()).run(null).problems().stream()
                .map(Problem::text).filter(text -> text.contains(word)).toList();
    }

    private static List<String> refusedTexts(ConfigurationCheck.Result check) {
        return check.problems().stream().filter(Problem::isRefused).map(Problem::text).toList();
    }

    /** Those with a mistake of their own; one in {@code global} is all bots'. */
    private TreeSet<String> refusedBots(List<Problem> problems) {
        Set<String> all = RuntimeConfiguration.read(Installation.at(root).runtimeConfiguration(), Map.of()).bots().keySet();
        return problems.stream().filter(Problem::isRefused).flatMap(problem -> problem.bot() == null ? all.stream() : Stream.of(problem.bot()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void layOut(Map<?, ?> wanted) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), ((String) wanted.get("runtime")).replace("${ROOT}", root.toString()));
        if (wanted.get("files") instanceof Map<?, ?> files) {
            for (Map.Entry<?, ?> file : files.entrySet()) {
                Path path = root.resolve((String) file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, (String) file.getValue());
            }
        }
    }

    /** Path to size and time of everything there is. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.toList()) {
                tree.put(root.relativize(each).toString(), Files.size(each) + " " + Files.getLastModifiedTime(each));
            }
        }
        return tree;
    }
}
