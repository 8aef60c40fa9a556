package org.intelmq.feeds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** A feed with an operator's settings, as sections of {@code runtime.yaml}. Immutable. */
public final class ChosenFeed {

    private final Feed feed;
    private final Map<String, Object> collector;
    private final Map<String, Object> parser;

    private ChosenFeed(Feed feed, Map<String, Object> collector, Map<String, Object> parser) {
        this.feed = feed;
        this.collector = collector;
        this.parser = parser;
    }

    /**
     * @param settings what the feed asks for, and parameters of its bots; {@code collector.NAME} and {@code parser.NAME} where both have them
     * @throws IllegalArgumentException naming everything that is missing or unknown
     */
    public static ChosenFeed of(Feed feed, Map<String, String> settings, Catalogue catalogue) {
        List<String> problems = new ArrayList<>();
        BotType<?> collectorType = type(feed.collector(), catalogue, problems);
        BotType<?> parserType = type(feed.parser(), catalogue, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("feed '" + feed.title() + "' cannot be added: " + String.join("; ", problems));
        }
        Map<String, Object> ofCollector = new LinkedHashMap<>();
        Map<String, Object> ofParser = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (!feed.set().containsKey(name)) {
                Map<String, Object> bot = owner(name, collectorType, parserType, ofCollector, ofParser);
                if (bot == null) {
                    problems.add("--set " + name + ": neither the feed nor its bots have this parameter");
                } else {
                    bot.put(name.substring(name.indexOf('.') + 1), typed(value));
                }
            }
        });
        Map<String, String> missing = new LinkedHashMap<>(feed.set());
        missing.keySet().removeIf(name -> !settings.getOrDefault(name, "").isBlank());
        // what the operator sets instead need not be asked for
        String left = replaced(feed.collector(), ofCollector) + replaced(feed.parser(), ofParser);
        missing.keySet().removeIf(name -> !left.contains('<' + name + '>'));
        missing.forEach((name, meaning) -> problems.add("--set " + name + "=… is missing: " + meaning));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("feed '" + feed.title() + "' cannot be added: " + String.join("; ", problems));
        }
        return new ChosenFeed(feed, filled(feed.collector(), settings, ofCollector), filled(feed.parser(), settings, ofParser));
    }

    private static BotType<?> type(Feed.Part part, Catalogue catalogue, List<String> problems) {
        BotType<?> type = catalogue.find(part.module());
        if (type == null) {
            problems.add("there is no bot " + part.module());
        }
        return type;
    }

    private static Map<String,
            Object> owner(String name, BotType<?> collector, BotType<?> parser, Map<String, Object> ofCollector, Map<String, Object> ofParser) {
        String parameter = name.substring(name.indexOf('.') + 1);
        if (!name.startsWith("parser.") && names(collector).contains(parameter)) {
            return ofCollector;
        }
        return !name.startsWith("collector.") && names(parser).contains(parameter) ? ofParser : null;
    }

    private static Set<String> names(BotType<?> type) {
        Set<String> names = new TreeSet<>(ParameterSchema.of(type.params()).names());
        names.addAll(ParameterSchema.of(type.group().commonParams()).names());
        names.add("rate_limit");
        return names;
    }

    /** The value as if read from the file, so that {@code true} and lists get their types. */
    private static Object typed(String value) {
        try {
            return Yaml.read(value, "--set");
        } catch (ConfigurationFileException e) {
            return value;
        }
    }

    private static String replaced(Feed.Part part, Map<String, Object> own) {
        Map<String, Object> parameters = new LinkedHashMap<>(part.parameters());
        parameters.putAll(own);
        return parameters.toString();
    }

    private static Map<String, Object> filled(Feed.Part part, Map<String, String> settings, Map<String, Object> own) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        part.parameters().forEach((name, value) -> parameters.put(name, filled(value, settings)));
        parameters.putAll(own);
        return parameters;
    }

    private static Object filled(Object value, Map<String, String> settings) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((key, item) -> filled.put(key, filled(item, settings)));
            return filled;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> filled(item, settings)).toList();
        }
        if (!(value instanceof String text)) {
            return value;
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            text = text.replace('<' + setting.getKey() + '>', setting.getValue());
        }
        return text;
    }

    public String collectorId() {
        return feed.id() + "-collector";
    }

    public String parserId() {
        return feed.id() + "-parser";
    }

    /**
     * The sections for the two bots, by id.
     *
     * @param configuration the pipeline as it is
     * @param next bots that get the events; {@code null} for those that all other parsers send to
     * @throws IllegalArgumentException if a new bot already exists, a next bot does not exist, or it is not clear where the events go
     */
    public Map<String, Object> sections(RuntimeConfiguration configuration, List<String> next) {
        for (String id : List.of(collectorId(), parserId())) {
            if (configuration.bots().containsKey(id)) {
                throw new IllegalArgumentException("there is a bot '" + id + "' already: change its section of runtime.yaml");
            }
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("name", feed.name());
        parameters.put("provider", feed.provider());
        if (feed.documentation() != null) {
            parameters.put("documentation", feed.documentation());
        }
        parameters.putAll(collector);
        sections.put(collectorId(), section("Collector", collectorId(), feed.collector().module(), parameters, List.of(parserId() + "-queue")));
        sections.put(parserId(), section("Parser", parserId(), feed.parser().module(), new LinkedHashMap<>(parser), queues(configuration, next)));
        return sections;
    }

    private Map<String, Object> section(String group, String id, String module, Map<String, Object> parameters, List<String> queues) {
        parameters.put("destination_queues", Map.of("_default", queues));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("bot_id", id);
        section.put("name", feed.title());
        section.put("description", feed.about());
        section.put("group", group);
        section.put("module", module);
        section.put("enabled", true);
        section.put("run_mode", "continuous");
        section.put("parameters", parameters);
        return section;
    }

    private static List<String> queues(RuntimeConfiguration configuration, List<String> next) {
        if (next != null && !next.isEmpty()) {
            return next.stream().map(id -> queue(configuration, id)).toList();
        }
        Set<List<String>> usual = new HashSet<>();
        for (BotConfiguration bot : configuration.bots().values()) {
            List<String> queues = bot.destinationQueues().get("_default");
            if ("Parser".equals(bot.group()) && queues != null) {
                usual.add(queues);
            }
        }
        if (usual.size() != 1) {
            String others = usual.stream().map(queues -> String.join(", ", queues)).sorted().collect(Collectors.joining(", or to "));
            throw new UnclearDestination("it is not clear where the events of the feed should go: "
                    + (usual.isEmpty() ? "there is no other parser" : "other parsers send to " + others) + ". Name it with --to BOT");
        }
        return usual.iterator().next();
    }

    /** An operator has to say where the events go. */
    public static final class UnclearDestination extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        UnclearDestination(String message) {
            super(message);
        }
    }

    /** Whether there is any bot that could take a feed's events. */
    public static boolean hasDestination(RuntimeConfiguration configuration) {
        return configuration.bots().values().stream().anyMatch(ChosenFeed::takesEvents);
    }

    private static String queue(RuntimeConfiguration configuration, String id) {
        BotConfiguration bot = configuration.bots().get(id);
        if (bot == null || !takesEvents(bot)) {
            throw new IllegalArgumentException("--to " + id + ": there is no such bot that takes events; known are "
                    + configuration.bots().values().stream().filter(ChosenFeed::takesEvents).map(BotConfiguration::id).sorted()
                    .collect(Collectors.joining(", ")));
        }
        return bot.sourceQueue();
    }

    /** Parsers take reports. */
    private static boolean takesEvents(BotConfiguration bot) {
        return !bot.isCollector() && !"Parser".equals(bot.group());
    }
}
