package org.intelmq.ctl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.intelmq.network.JdkHttp;
import org.intelmq.replay.CommandRunner;
import org.intelmq.replay.OriginalCases;
import org.intelmq.replay.Replay;
import org.intelmq.replay.ReplaySite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intelmqctl replay}: runs recorded cases, or records them. */
@Command(name = "replay", description = "Run recorded cases through the bots and report every difference, or record cases.", footer = {"",
    "A case of your pipeline is a line such as", "  {\"bot\": \"ID\", \"input\": [{\"source.ip\": \"198.51.100.7\"}]}",
    "--record adds what arrives at the outputs (\"output\") and what is dumped",
    "(\"error\"). Outputs are not run, and nothing goes over the network: \"http\"",
    "and \"dns\" of a case contain the answers."})
final class ReplayCommand implements Callable<Integer> {

    private final Session session;
    private final CommandRunner again;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with one case per line (.jsonl, .jsonl.gz).")
    private List<Path> files;

    @Option(names = "--bot", paramLabel = "MODULE", description = "Only cases of this bot; may be repeated.")
    private Set<String> modules = new LinkedHashSet<>();

    @Option(names = "--pipeline", paramLabel = "RUNTIME.YAML", description = "The configuration that cases of a pipeline go through. "
            + "Default: the installation's")
    private Path pipeline;

    @Option(names = "--harmonization", paramLabel = "FILE", description = "The harmonization.conf for all cases of bots. Default: the installation's")
    private Path harmonization;

    @Option(names = "--record", paramLabel = "BOT", arity = "0..1", fallbackValue = "", description = "Complete the cases of a pipeline in FILE. "
            + "With BOT, add a case: the next messages that this running bot gets, and what a new bot with the same parameters and "
            + "nothing remembered makes of them; with --pipeline, what the pipeline makes of them.")
    private String recorded;

    @Option(names = "--messages", paramLabel = "N", defaultValue = "1", description = "Number of messages to record. Default: 1")
    private int count;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "How long to wait for messages. Default: 60")
    private int seconds;

    @Option(names = "--online", description = "While recording, let bots query web and name servers, and keep the answers in the case.")
    private boolean online;

    @Option(names = "--fail-fast", description = "Stop at the first failure.")
    private boolean failFast;

    @Option(names = "--json", description = "Print only the counts, as JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "Also show cases that are unsupported or differ on purpose.")
    private boolean verbose;

    ReplayCommand(Session session, CommandRunner again) {
        this.session = session;
        this.again = again;
    }

    @Override
    public Integer call() throws Exception {
        ReplaySite site = new ReplaySite(session.installation(), session.environment(), session.catalogue(), pipeline, harmonization);
        if (recorded != null) {
            Recording recording = new Recording(session, site, online);
            return recorded.isEmpty() ? recording.complete(files)
                    : recording.record(Choices.bot(session, spec, recorded), files.get(0), count, Duration.ofSeconds(seconds));
        }
        Optional<OriginalCases> originals = OriginalCases.find(session.library("conformance"));
        return new Replay(new Replay.Options(files, modules, failFast, json || !session.output().isText(), verbose), site, session.output().stream(),
                originals.<Replay.Originals>map(cases -> continued -> cases.begin(site, continued, again, JdkHttp::new)).orElse(null)).run();
    }
}
