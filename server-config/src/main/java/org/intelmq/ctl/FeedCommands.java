package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.feeds.ChosenFeed;
import org.intelmq.feeds.Feed;
import org.intelmq.feeds.Feeds;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.Yaml;

/** Lists known feeds and adds one to the pipeline; each method returns the exit code. */
final class FeedCommands {

    private final Session session;
    private final Output output;

    FeedCommands(Session session) {
        this.session = session;
        this.output = session.output();
    }

    int list() {
        Feeds feeds = Feeds.of(session.catalogue());
        String provider = "";
        for (Feed feed : feeds.all()) {
            if (!feed.provider().equals(provider)) {
                provider = feed.provider();
                output.show("\n======== " + provider + " ========\n");
            }
            output.show(feed.id() + ": " + feed.about());
            if (feed.dead() != null) {
                output.show("    dead: " + feed.dead());
            }
            if (feed.note() != null) {
                output.show("    " + feed.note());
            }
            feed.set().forEach((name, meaning) -> output.show("    --set " + name + "=…  " + meaning));
            if (feed.documentation() != null) {
                output.show("    " + feed.documentation());
            }
        }
        output.result(feeds.toList());
        return 0;
    }

    /**
     * Writes the feed's bots into {@code runtime.yaml}, if nothing keeps them from running. All else in the file stays as it is.
     *
     * @param set  each as {@code NAME=VALUE}, never shown, as it may be a password
     * @param next bots that get the events; empty for those that all other parsers send to
     */
    int add(String name, List<String> set, List<String> next) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String each : set) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                output.complain("--set number " + (set.indexOf(each) + 1) + " is not of the form NAME=VALUE; put 'NAME=VALUE' in quotes if the value "
                        + "contains characters that are special to the shell");
                output.result("error");
                return 2;
            }
            settings.put(each.substring(0, equals).strip(), each.substring(equals + 1));
        }
        ChosenFeed chosen;
        try {
            Feed feed = Feeds.of(session.catalogue()).find(name);
            if (feed.dead() != null) {
                throw new IllegalArgumentException("feed '" + feed.title() + "' is dead: " + feed.dead());
            }
            chosen = ChosenFeed.of(feed, settings, session.catalogue());
            Path file = session.installation().runtimeConfiguration();
            ConfigurationFile.change(file, text -> changed(text, file, chosen, next));
        } catch (IllegalArgumentException e) {
            output.complain(e.getMessage());
            output.result("error");
            return 1;
        }
        session.forgetConfiguration();
        output.say("Wrote bots " + chosen.collectorId() + " and " + chosen.parserId() + " into " + session.installation().runtimeConfiguration()
                + "; 'intelmqctl start BOT' starts each.");
        output.result(List.of(chosen.collectorId(), chosen.parserId()));
        return 0;
    }

    private String changed(String text, Path file, ChosenFeed chosen, List<String> next) {
        RuntimeConfiguration before = RuntimeConfiguration.parse(text, file.toString(), session.environment());
        Map<String, Object> target = new LinkedHashMap<>();
        if (Yaml.read(text, file.toString()) instanceof Map<?, ?> sections) {
            sections.forEach((key, value) -> target.put(key.toString(), value));
        }
        target.putAll(chosen.sections(before, next));
        String changed = Yaml.update(text, target, file.toString());
        List<String> problems;
        try {
            problems = problems(changed, Set.of(chosen.collectorId(), chosen.parserId()));
        } catch (IOException e) {
            throw new IllegalArgumentException("the changed configuration cannot be checked: " + e.getMessage(), e);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("nothing was written, because the bots would not run: " + String.join("; ", problems));
        }
        return changed;
    }

    /** What would keep the bots from running. */
    private List<String> problems(String text, Set<String> bots) throws IOException {
        Installation installation = session.installation();
        Path etc = Files.createTempDirectory("intelmq-draft-");
        try {
            Files.writeString(etc.resolve("runtime.yaml"), text);
            if (Files.exists(installation.harmonization())) {
                Files.copy(installation.harmonization(), etc.resolve("harmonization.conf"), StandardCopyOption.REPLACE_EXISTING);
            }
            Installation draft = new Installation(installation.root(), etc, installation.log(), installation.run(), installation.bots(), installation.broker(),
                    installation.state());
            return new ConfigurationCheck(draft, session.catalogue(), session.environment(), Maintenance.NETWORK).run(null).problems().stream()
                    .filter(problem -> problem.severity().isFailing() && bots.stream().anyMatch(problem::concerns)).map(Problem::text)
                    .collect(Collectors.toList());
        } finally {
            try (Stream<Path> files = Files.walk(etc)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
