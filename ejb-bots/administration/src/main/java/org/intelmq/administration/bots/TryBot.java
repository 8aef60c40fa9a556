package org.intelmq.administration.bots;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.intelmq.access.Role;
import org.intelmq.administration.Limit;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.dumps.DumpLine;
import org.intelmq.administration.dumps.ShowDump;
import org.intelmq.administration.dumps.ShowEntry;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Trial;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;

/**
 * Shows what a parser or expert would make of messages. Nothing is sent, and a running bot keeps running undisturbed: another one like it
 * is made for the trial, which remembers nothing and writes no log.
 *
 * @param messages each a JSON object, or its text; empty to take them from the source
 * @param source   {@code queue}, {@code dump} or {@code sample}
 * @param limit    how many to take from the source
 */
public record TryBot(String bot, List<Object> messages, String source, int limit) implements Query<List<Tried>> {

    private static final int MOST = 100;
    private static final Pattern FAILED = Pattern.compile("^\\S+ \\S+ - \\S+ - (?:ERROR|CRITICAL) - (.*)");
    private static final String SAMPLE = """
            {"__type": "Event", "feed.name": "Sample", "feed.provider": "Sample", "time.observation": "2026-01-02T03:04:05+00:00",
             "time.source": "2026-01-02T03:00:00+00:00", "source.ip": "198.51.100.7", "source.asn": 64496, "source.fqdn": "www.example.com",
             "source.url": "http://www.example.com/login", "source.port": 80, "destination.ip": "192.0.2.9", "protocol.transport": "tcp",
             "classification.type": "phishing", "malware.name": "sample", "raw": "c2FtcGxl"}""";

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public List<Tried> perform(Site site) throws IOException {
        BotConfiguration configured = KnownBot.of(site, bot);
        BotType<?> type = configured.module() == null ? null : site.catalogue().find(configured.module());
        if (type == null || type.group() != BotGroup.PARSER && type.group() != BotGroup.EXPERT) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "not-for-trial", "bot '" + bot + "' is neither a parser nor an expert, so it cannot be "
                    + "tried without effect", "For a collector, try the feed; for an output, look at the messages in its queue.");
        }
        List<String> inputs = messages == null || messages.isEmpty() ? taken(site, configured, type) : messages.stream().map(TryBot::text).toList();
        if (inputs.size() > MOST) {
            throw new Refusal(Refusal.Kind.INVALID, "out-of-bounds", "messages cannot be " + inputs.size() + ": expected " + MOST + " at most", "Try fewer.");
        }
        List<Trial> trials;
        try {
            trials = site.rehearsals().rehearse(bot, inputs);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "trial-failed", String.valueOf(e.getMessage()), "Check the bot's parameters and the message.");
        }
        List<Tried> tried = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            tried.add(told(json(inputs.get(i)), trials.get(i)));
        }
        return tried;
    }

    private static String text(Object message) {
        return message instanceof String text ? text : Json.write(message);
    }

    private List<String> taken(Site site, BotConfiguration configured, BotType<?> type) throws IOException {
        int most = Limit.of("limit", limit, MOST);
        return switch (source == null ? "" : source) {
            case "queue" -> site.queues().state(configured.sourceQueue()) == null ? List.of()
                    : site.queues().look(configured.sourceQueue(), 0, most).stream().map(QueueControl.Waiting::text).toList();
            case "dump" -> dumped(site, most);
            case "sample" -> List.of(sample(type));
            default -> throw new Refusal(Refusal.Kind.INVALID, "invalid-source",
                    "source cannot be '" + source + "': expected queue, dump or sample, or messages",
                    "Give messages, or name their source.");
        };
    }

    private List<String> dumped(Site site, int most) throws IOException {
        List<String> texts = new ArrayList<>();
        for (DumpLine line : new ShowDump(bot, null, most, null).perform(site).items()) {
            texts.add(new ShowEntry(bot, line.id()).perform(site).message());
        }
        return texts;
    }

    private String sample(BotType<?> type) {
        if (type.group() == BotGroup.PARSER) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "no-sample",
                    "there is no sample for parser '" + bot + "': each parser only understands the format of its feed",
                    "Give a report as message, or take one from the queue or the dump.");
        }
        return SAMPLE;
    }

    private static Tried told(Object input, Trial trial) {
        Map<String, List<Tried.Outcome>> paths = new LinkedHashMap<>();
        Map<?, ?> before = input instanceof Map<?, ?> map ? map : Map.of();
        for (Trial.Sent sent : trial.sent()) {
            Map<?, ?> event = (Map<?, ?>) Json.parse(sent.message());
            paths.computeIfAbsent(sent.path(), none -> new ArrayList<>()).add(new Tried.Outcome(event, Difference.between(before, event)));
        }
        String failed = trial.log().stream().map(line -> FAILED.matcher(line.lines().findFirst().orElse(""))).filter(match -> match.find())
                .map(match -> match.group(1)).findFirst().orElse(null);
        return new Tried(input, paths, trial.log(), failed);
    }

    private static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }
}
