package org.intelmq.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.network.JdkHttp;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feeds that come with our bots: each can be configured as it stands. */
class FeedListTest {

    private static final Catalogue CATALOGUE = Catalogue.load(FeedListTest.class.getClassLoader());
    private static final String PIPELINE = """
            output:
              group: Output
              module: intelmq.bots.outputs.blackhole.output
              parameters: {}
            """;
    /** What stands for what operators say, where not any word does. */
    private static final Map<String, String> SAID = Map.of("url", "https://portal.example/feed", "uri", "https://rt.example/REST/1.0", "type", "phishing",
            "asn", "64496", "connection_string", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net");

    @TempDir
    private Path root;

    private static Map<String, String> settings(Feed feed) {
        Map<String, String> settings = new HashMap<>();
        feed.set().keySet().forEach(name -> settings.put(name, SAID.getOrDefault(name, "said")));
        return settings;
    }

    @Test
    void eachFeedPassesTheCheckOfTheConfiguration() throws Exception {
        RuntimeConfiguration before = RuntimeConfiguration.parse(PIPELINE, "runtime.yaml", Map.of());
        Map<String, Object> sections = new LinkedHashMap<>();
        ((Map<?, ?>) Yaml.read(PIPELINE, "runtime.yaml")).forEach((id, section) -> sections.put(id.toString(), section));
        List<Feed> feeds = Feeds.of(CATALOGUE).all();
        for (Feed feed : feeds) {
            if (feed.dead() != null) {
                continue;
            }
            sections.putAll(ChosenFeed.of(feed, settings(feed), CATALOGUE).sections(before, List.of("output")));
        }
        Path etc = Files.createDirectory(root.resolve("etc"));
        Files.writeString(etc.resolve("runtime.yaml"), Yaml.update(PIPELINE, sections, "runtime.yaml"));
        Network network = new Network() {
            @Override
            public Http http(HttpParams params) {
                return new JdkHttp(params);
            }

            @Override
            public Dns dns() {
                throw new IllegalStateException("not asked in a check");
            }
        };
        List<Problem> problems = new ConfigurationCheck(Installation.at(root), CATALOGUE, Map.of(), network).run(null).problems();
        List<String> ofBots = new ArrayList<>();
        problems.stream().filter(problem -> problem.bot() != null && !problem.bot().equals("output")).forEach(problem -> ofBots.add(problem.text()));
        assertEquals(List.of(), ofBots);
    }

    @Test
    void whatIsAskedForIsUsedAndNothingElseIsLeftOpen() {
        for (Feed feed : Feeds.of(CATALOGUE).all()) {
            String parameters = feed.collector().parameters() + " " + feed.parser().parameters();
            TreeSet<String> open = new TreeSet<>();
            Pattern.compile("<([a-z_]+)>").matcher(parameters).results().forEach(found -> open.add(found.group(1)));
            assertEquals(new TreeSet<>(feed.set().keySet()), open, feed.title());
            assertTrue(feed.about().endsWith(".") && feed.about().length() < 160, feed.title());
            assertTrue(feed.documentation() == null || feed.documentation().startsWith("http"), feed.title());
        }
    }

    @Test
    void namesAreTheirOwn() {
        List<Feed> feeds = Feeds.of(CATALOGUE).all();
        assertEquals(feeds.size(), feeds.stream().map(Feed::id).distinct().count());
        assertTrue(feeds.size() >= 90, String.valueOf(feeds.size()));
    }
}
