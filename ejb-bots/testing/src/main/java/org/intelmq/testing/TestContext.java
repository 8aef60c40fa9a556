package org.intelmq.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.DefaultFields;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.bot.State;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;

/** A host for one bot in a test: a clock that stands still, a state in memory, no network unless scripted. */
public final class TestContext implements BotContext {

    public static final Instant NOW = Instant.parse("2024-05-17T10:20:30Z");
    /** Kept, because what a test has added to it would be lost otherwise. */
    private static final Logger LOG = Logger.getLogger("bot.test-bot");

    private ToLongFunction<String> queueLength = queue -> 0;
    private Http http;
    private Dns dns;
    private Path dataDirectory = Path.of("target");
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private ParserParams parser = new ParserParams(Map.of(), List.of(), StandardCharsets.UTF_8);
    private State state = new StateInMemory(Clock.fixed(NOW, ZoneOffset.UTC));

    public TestContext http(Http scripted) {
        this.http = scripted;
        return this;
    }

    public TestContext queueLength(ToLongFunction<String> scripted) {
        this.queueLength = scripted;
        return this;
    }

    public TestContext state(State other) {
        this.state = other;
        return this;
    }

    public TestContext dns(Dns scripted) {
        this.dns = scripted;
        return this;
    }

    public TestContext dataDirectory(Path directory) {
        this.dataDirectory = directory;
        return this;
    }

    public TestContext clock(Clock other) {
        this.clock = other;
        return this;
    }

    /** What every parser has besides its own parameters. */
    public TestContext parser(ParserParams params) {
        this.parser = params;
        return this;
    }

    @Override
    public String botId() {
        return "test-bot";
    }

    @Override
    public Harmonization harmonization() {
        return Harmonization.standard();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Logger log() {
        return LOG;
    }

    @Override
    public State state(CacheParams params) {
        return state;
    }

    @Override
    public Http http(HttpParams params) {
        if (http == null) {
            throw new IllegalStateException("this test has scripted no HTTP");
        }
        return http;
    }

    @Override
    public long queueLength(String queue) {
        return queueLength.applyAsLong(queue);
    }

    @Override
    public Dns dns() {
        if (dns == null) {
            throw new IllegalStateException("this test has scripted no DNS");
        }
        return dns;
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public Report newReport() {
        Report report = new Report(harmonization());
        report.add(Fields.TIME_OBSERVATION, clock.instant().toString().replace("Z", "+00:00"), IfPresent.FAIL);
        return report;
    }

    @Override
    public Event newEvent(Report report) {
        return Event.from(report, parser.copyCollectorProvidedFields().stream().map(Field::of).toList());
    }

    @Override
    public ReportEncoding encoding() {
        return new ReportEncoding(parser.encoding());
    }

    @Override
    public void complete(Event event) {
        new DefaultFields(parser.defaultFields()).complete(event);
    }
}
