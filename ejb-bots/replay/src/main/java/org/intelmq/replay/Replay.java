package org.intelmq.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Json;
import org.intelmq.yaml.ConfigurationFileException;

/** Runs recorded cases through our bots and functions, without a server, and reports every difference. */
public final class Replay {

    private static final int DIFFERENCES_SHOWN = 3;

    private final Options options;
    private final ReplaySite site;
    private final PrintStream out;
    private final Originals originals;
    private final Tally tally = new Tally();

    /**
     * @param bots only cases of these modules; all if empty
     * @param failFast whether to stop at the first failure
     * @param json whether to print the counts as JSON and nothing else
     * @param verbose whether to name what is unsupported and what differs on purpose
     */
    public record Options(List<Path> files, Set<String> bots, boolean failFast, boolean json, boolean verbose) { }

    /** Starts a run of cases recorded from the original. */
    @FunctionalInterface
    public interface Originals {

        /** @param continued ids of cases that later ones continue */
        OriginalCases.Run begin(Set<String> continued) throws IOException;
    }

    /** @param originals for cases that were recorded from the original; {@code null} where they cannot be run */
    public Replay(Options options, ReplaySite site, PrintStream out, Originals originals) {
        this.options = options;
        this.site = site;
        this.out = out;
        this.originals = originals;
    }

    /**
     * Returns 0 if nothing failed, else 1.
     *
     * @throws ConfigurationFileException if a file cannot be read, or holds cases that cannot be run here
     */
    public int run() throws Exception {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Path file : options.files()) {
            read(file, records);
        }
        Set<String> continued = new HashSet<>();
        records.forEach(record -> continued.add(String.valueOf(record.get("continues"))));
        try (BotReplay bots = new BotReplay(site, continued); PipelineReplay pipelines = new PipelineReplay(site, null, continued);
                OriginalCases.Run original = originals == null ? null : originals.begin(continued)) {
            for (Map<String, Object> record : records) {
                Outcome outcome = outcome(record, bots, pipelines, original);
                count(record, outcome);
                tell(outcome);
                if (options.failFast() && tally.hasFailures()) {
                    break;
                }
            }
            if (original != null) {
                tally.addUnmet(original.unmet());
            }
        }
        if (options.json()) {
            out.println(Json.pretty(tally.toMap()));
        } else {
            out.print((options.verbose() ? tally.reasons() : "") + tally);
        }
        return tally.hasFailures() ? 1 : 0;
    }

    private void count(Map<String, Object> record, Outcome outcome) {
        if (OriginalCases.isVector(record)) {
            tally.addVector(outcome);
        } else if (OriginalCases.isControl(record)) {
            tally.addControl(outcome);
        } else {
            tally.addBot(outcome);
        }
    }

    /** If something prevents a case from being run, only that case reports it, and the others continue. */
    private static Outcome outcome(Map<String, Object> record, BotReplay bots, PipelineReplay pipelines, OriginalCases.Run original) throws Exception {
        boolean isOriginal = OriginalCases.isOriginal(record);
        Outcome outcome;
        try {
            outcome = isOriginal ? original.replay(record) : PipelineReplay.isPipelineCase(record) ? pipelines.replay(record) : bots.replay(record);
        } catch (ConfigurationFileException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            String subject = String.valueOf(record.getOrDefault("bot", record.getOrDefault("fn", record.get("kind"))));
            outcome = Outcome.of(String.valueOf(record.get("id")), subject, List.of(new Mismatch("case", "one that can be run", Exceptions.describe(e))));
        }
        return isOriginal ? original.judge(record, outcome) : outcome;
    }

    private void read(Path file, List<Map<String, Object>> records) throws IOException {
        int number = 0;
        for (String line : CaseFile.lines(file)) {
            Map<String, Object> record = CaseFile.record(file, ++number, line);
            if (OriginalCases.isOriginal(record) && originals == null) {
                throw new ConfigurationFileException(file + " holds cases recorded from the original IntelMQ: only a build tree can replay them, with "
                        + "server-config/target/intelmq/bin/intelmqctl", null);
            }
            boolean known = OriginalCases.isOriginal(record) || record.containsKey("bot");
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
