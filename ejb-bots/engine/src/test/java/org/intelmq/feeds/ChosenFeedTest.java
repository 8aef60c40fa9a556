package org.intelmq.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Param;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.Test;

class ChosenFeedTest {

    record Fetching(@Param("Address.") String url, @Param(value = "Headers.", optional = true) Map<String, Object> header) { }

    record Reading(@Param(value = "Columns.", optional = true) List<String> columns, @Param(value = "Address too.", optional = true) String url) { }

    private static final Catalogue CATALOGUE = Catalogue.of(List.of(
            BotType.collector("fetch", "Fetch", "Fetches.", Fetching.class, (params, context) -> (input, out) -> { }),
            BotType.parser("read", "Read", "Reads.", Reading.class, (params, context) -> (input, out) -> { })));
    private static final Feed FEED = Feeds.parse("""
            - provider: Some One
              name: List (new)
              about: What it is.
              documentation: https://one.example/
              set:
                key: the key you were given
                kind: all or some
              collector:
                module: fetch
                url: https://one.example/<kind>?<other>
                header: {Auth: ['<key>', 1]}
              parser:
                module: read
                columns: [a, b]
            """, "feeds.yaml").get(0);
    private static final RuntimeConfiguration PIPELINE = RuntimeConfiguration.parse("""
            parser:
              group: Parser
              module: read
              parameters: {destination_queues: {_default: [expert-queue]}}
            expert:
              group: Expert
              module: e
              parameters: {source_queue: of-expert, destination_queues: {_default: [x-queue]}}
            """, "runtime.yaml", Map.of());
    private static final Map<String, String> SAID = Map.of("key", "k", "kind", "all");

    private static Map<?, ?> parameters(Map<String, Object> sections, String bot) {
        return (Map<?, ?>) ((Map<?, ?>) sections.get(bot)).get("parameters");
    }

    private static String refusal(Map<String, String> settings) {
        return assertThrows(IllegalArgumentException.class, () -> ChosenFeed.of(FEED, settings, CATALOGUE)).getMessage();
    }

    @Test
    void putsWhatIsSaidWhereItBelongs() {
        Map<String, Object> sections = ChosenFeed.of(FEED, Map.of("key", "k", "kind", "all", "columns", "[c]", "rate_limit", "60"), CATALOGUE)
                .sections(PIPELINE, List.of());
        assertEquals(List.of("some-one-list-new-collector", "some-one-list-new-parser"), List.copyOf(sections.keySet()));
        assertEquals("{name=List (new), provider=Some One, documentation=https://one.example/, url=https://one.example/all?<other>, header={Auth=[k, 1]}, "
                + "rate_limit=60, destination_queues={_default=[some-one-list-new-parser-queue]}}",
                parameters(sections, "some-one-list-new-collector").toString());
        assertEquals("{columns=[c], destination_queues={_default=[expert-queue]}}", parameters(sections, "some-one-list-new-parser").toString());
    }

    @Test
    void saysAllThatIsMissingAtOnce() {
        assertEquals("feed 'Some One List (new)' cannot be added: --set nothing: neither the feed nor its bots have this parameter; --set key=… is "
                + "missing: the key you were given; --set kind=… is missing: all or some", refusal(Map.of("nothing", "x")));
        assertEquals("feed 'Some One List (new)' cannot be added: --set key=… is missing: the key you were given",
                refusal(Map.of("collector.url", "https://two.example/")));
        assertEquals("feed 'Some One List (new)' cannot be added: --set key=… is missing: the key you were given; --set kind=… is missing: all or some",
                refusal(Map.of("key", "", "kind", " ")));
    }

    @Test
    void whatBothBotsHaveIsTheCollectorsUnlessSaid() {
        Map<String, Object> sections = ChosenFeed.of(FEED, Map.of("key", "k", "kind", "all", "url", "u", "parser.url", "p"), CATALOGUE)
                .sections(PIPELINE, List.of());
        assertEquals("u p", parameters(sections, "some-one-list-new-collector").get("url") + " " + parameters(sections, "some-one-list-new-parser").get("url"));
    }

    @Test
    void eventsGoWhereTheOperatorSaysOrAllOthersGo() {
        ChosenFeed chosen = ChosenFeed.of(FEED, SAID, CATALOGUE);
        Map<String, Object> sections = chosen.sections(PIPELINE, List.of("expert"));
        assertEquals("{_default=[of-expert]}", parameters(sections, "some-one-list-new-parser").get("destination_queues").toString());
        RuntimeConfiguration empty = RuntimeConfiguration.parse("{}", "runtime.yaml", Map.of());
        assertEquals("it is not clear where the events of the feed should go: there is no other parser. Name it with --to BOT",
                assertThrows(IllegalArgumentException.class, () -> chosen.sections(empty, List.of())).getMessage());
        for (String wrong : List.of("nobody", "parser")) {
            assertEquals("--to " + wrong + ": there is no such bot that takes events; known are expert",
                    assertThrows(IllegalArgumentException.class, () -> chosen.sections(PIPELINE, List.of(wrong))).getMessage());
        }
    }

    @Test
    void aBotThatIsThereIsNotReplaced() {
        RuntimeConfiguration there = RuntimeConfiguration.parse("some-one-list-new-parser: {group: Parser, module: read, parameters: {}}", "runtime.yaml",
                Map.of());
        ChosenFeed chosen = ChosenFeed.of(FEED, SAID, CATALOGUE);
        assertEquals("there is a bot 'some-one-list-new-parser' already: change its section of runtime.yaml",
                assertThrows(IllegalArgumentException.class, () -> chosen.sections(there, List.of())).getMessage());
    }

    @Test
    void aListWithMistakesIsRefused() {
        for (String list : List.of("a: b", "- {provider: P}", "- {provider: P, name: N, about: A, collector: {}, parser: {}}", "- {provider: P, nam: N}")) {
            assertThrows(ConfigurationFileException.class, () -> Feeds.parse(list, "feeds.yaml"), list);
        }
    }
}
