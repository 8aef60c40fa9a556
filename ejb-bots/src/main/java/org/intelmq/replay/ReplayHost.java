package org.intelmq.replay;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.State;
import org.intelmq.engine.DefaultFields;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Report;

/** The host of one replayed bot: the recorded clock, state in memory, recorded HTTP. */
final class ReplayHost implements BotContext {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

    private final String botId;
    private final Path dataDirectory;
    private final List<Field> copiedFields;
    private final DefaultFields defaultFields;
    private final Logger log = Logger.getAnonymousLogger();
    private final Clock clock = new RecordedClock();
    private final State state = new MemoryState(clock);
    private Instant now;
    private ScriptedHttp http;
    private Dns dns;

    ReplayHost(String botId, Path dataDirectory, List<Field> copiedFields, DefaultFields defaultFields) {
        this.botId = botId;
        this.dataDirectory = dataDirectory;
        this.copiedFields = copiedFields;
        this.defaultFields = defaultFields;
        log.setLevel(Level.OFF);
    }

    void begin(Instant recordedTime, ScriptedHttp recordedHttp, Dns knownDns) {
        this.now = recordedTime;
        this.http = recordedHttp;
        this.dns = knownDns;
    }

    @Override
    public String botId() {
        return botId;
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
        return log;
    }

    @Override
    public State state(CacheParams params) {
        return state;
    }

    @Override
    public Http http(HttpParams params) {
        return http.under(params);
    }

    @Override
    public long queueLength(String queue) {
        return 0;
    }

    @Override
    public Dns dns() {
        return dns;
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public Report newReport() {
        Report report = new Report(harmonization());
        report.add(Fields.TIME_OBSERVATION, SECONDS.format(now));
        return report;
    }

    @Override
    public Event newEvent(Report report) {
        return Event.from(report, copiedFields);
    }

    @Override
    public void complete(Event event) {
        defaultFields.complete(event);
    }

    private final class RecordedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
