package org.intelmq.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;

/** A case of a parser, to be parsed as it is or changed, once or often. */
public record ParserSample(BotType<?> type, Path folder, byte[] feed) {

    private static final String TEST = "Test.class";

    /** The cases next to the tests of all parsers, sorted by folder. */
    public static List<ParserSample> all() throws IOException, ReflectiveOperationException {
        Path root;
        try {
            root = Path.of(ParserSample.class.getResource("/org/intelmq/bots/parsers").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        List<ParserSample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path test : files.filter(file -> file.toString().endsWith(TEST)).sorted().toList()) {
                BotType<?> type = typeTestedBy(root, test);
                if (type != null && Files.isDirectory(test.resolveSibling("cases"))) {
                    addAll(type, test.resolveSibling("cases"), samples);
                }
            }
        }
        return samples;
    }

    private static BotType<?> typeTestedBy(Path root, Path test) throws ReflectiveOperationException {
        String path = root.relativize(test).toString().replace('\\', '/');
        String parser = "org.intelmq.bots.parsers." + path.substring(0, path.length() - TEST.length()).replace('/', '.');
        try {
            return (BotType<?>) Class.forName(parser).getField("TYPE").get(null);
        } catch (ClassNotFoundException | NoSuchFieldException e) {
            return null;
        }
    }

    private static void addAll(BotType<?> type, Path cases, List<ParserSample> samples) throws IOException {
        try (Stream<Path> feeds = Files.walk(cases, 2)) {
            for (Path feed : feeds.filter(file -> file.getFileName().toString().startsWith("feed.")).sorted().toList()) {
                samples.add(new ParserSample(type, feed.getParent(), Files.readAllBytes(feed)));
            }
        }
    }

    /** A parser with the case's parameters. */
    @SuppressWarnings("unchecked")
    public Bot<Report> bot() throws Exception {
        CaseFiles files = new CaseFiles(folder);
        return (Bot<Report>) BotCases.bot(files, type, BotCases.context(files));
    }

    /** The case's report with another feed in it. */
    public Report report(byte[] otherFeed) throws IOException {
        Report report = BotCases.report(new CaseFiles(folder));
        report.addUnsanitized(Fields.RAW, Base64Text.encode(otherFeed), IfPresent.REPLACE, true);
        return report;
    }

    /** What the parser makes of another feed; if it gives the report up, that is a rejection of the whole. */
    public RecordingOutbox parse(byte[] otherFeed) throws Exception {
        RecordingOutbox outbox = new RecordingOutbox();
        Report report = report(otherFeed);
        try (Bot<Report> bot = bot()) {
            bot.process(report, outbox);
        } catch (Exception e) {
            outbox.reject(report, e);
        }
        return outbox;
    }

    @Override
    public String toString() {
        return type.module() + " " + folder.getFileName();
    }
}
