package org.intelmq.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.message.Json;
import org.intelmq.yaml.ConfigurationFileException;

/** Runs recorded cases through our bots and functions and says what differs, without a server. */
public final class Replay {

    private static final int DIFFERENCES_SHOWN = 3;

    private final Options options;
    private final Site site;
    private final PrintStream out;
    private final CommandRunner commands;
    private final Function<HttpParams, Http> web;
    private final Tally tally = new Tally();

    /**
     * @param bots       only cases of these modules; all if empty
     * @param failFast   whether to stop at the first failure
     * @param json       whether to print the counts as JSON and nothing else
     * @param verbose    whether to name what is unsupported and what differs on purpose
     */
    public record Options(List<Path> files, Set<String> bots, boolean failFast, boolean json, boolean verbose) { }

    /** @param commands for recorded commands; {@code null} if they cannot be run */
    public Replay(Options options, Site site, PrintStream out, CommandRunner commands) {
        this(options, site, out, commands, null);
    }

    /**
     * @param commands for recorded commands; {@code null} if they cannot be run
     * @param web      for cases with a recorded web server, which is run on the loopback; {@code null} if none may be run
     */
    public Replay(Options options, Site site, PrintStream out, CommandRunner commands, Function<HttpParams, Http> web) {
        this.options = options;
        this.site = site;
        this.out = out;
        this.commands = commands;
        this.web = web;
    }

    /** Returns 0 if nothing failed, else 1. */
    public int run() throws Exception {
        DeliberateDifferences deliberate = DeliberateDifferences.load();
        List<Map<String, Object>> records = new ArrayList<>();
        for (Path file : options.files()) {
            read(file, records);
        }
        Set<String> continued = new HashSet<>();
        records.forEach(record -> continued.add(String.valueOf(record.get("continues"))));
        ControlReplay control = new ControlReplay(site.catalogue(), commands);
        try (BotReplay bots = new BotReplay(site, continued, web); PipelineReplay pipelines = new PipelineReplay(site, null, continued)) {
            for (Map<String, Object> record : records) {
                Outcome outcome = deliberate.judge(outcome(record, bots, pipelines, control));
                if (VectorReplay.isVector(record)) {
                    tally.addVector(outcome);
                } else if (record.containsKey("kind")) {
                    tally.addControl(outcome);
                } else {
                    tally.addBot(outcome);
                }
                tell(outcome);
                if (options.failFast() && tally.hasFailures()) {
                    break;
                }
            }
        }
        if (options.json()) {
            out.println(Json.pretty(tally.toMap()));
        } else {
            out.print((options.verbose() ? tally.reasons() : "") + tally);
        }
        return tally.hasFailures() ? 1 : 0;
    }

    /** What keeps one case from being run is told of that case, and the others go on. */
    private static Outcome outcome(Map<String, Object> record, BotReplay bots, PipelineReplay pipelines, ControlReplay control) {
        try {
            return VectorReplay.isVector(record) ? VectorReplay.run(record) : record.containsKey("kind") ? control.replay(record)
                    : PipelineReplay.isPipelineCase(record) ? pipelines.replay(record) : bots.replay(record);
        } catch (ConfigurationFileException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            String subject = String.valueOf(record.getOrDefault("bot", record.getOrDefault("fn", record.get("kind"))));
            return Outcome.of(String.valueOf(record.get("id")), subject, List.of(new Difference("case", "one that can be run", Exceptions.describe(e))));
        }
    }

    private void read(Path file, List<Map<String, Object>> records) throws IOException {
        int number = 0;
        for (String line : CaseFile.lines(file)) {
            Map<String, Object> record = CaseFile.record(file, ++number, line);
            boolean known = record.containsKey("kind") || record.containsKey("bot") || VectorReplay.isVector(record);
            if (known && (options.bots().isEmpty() || options.bots().contains(record.get("bot")))) {
                records.add(record);
            }
        }
    }

    private void tell(Outcome outcome) {
        boolean quiet = outcome.kind() == Outcome.Kind.FAILED ? options.json() : options.json() || !options.verbose() || outcome.reason() == null;
        if (quiet) {
            return;
        }
        out.println(outcome.kind() + " " + outcome.id() + (outcome.reason() == null ? "" : ": " + outcome.reason()));
        outcome.differences().stream().limit(DIFFERENCES_SHOWN).forEach(difference -> out.println("  " + difference));
        int more = outcome.differences().size() - DIFFERENCES_SHOWN;
        if (more > 0) {
            out.println("  and " + more + " more");
        }
    }
}
