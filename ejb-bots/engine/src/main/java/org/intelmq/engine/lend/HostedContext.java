package org.intelmq.engine.lend;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.DefaultFields;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.bot.State;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Report;
import org.intelmq.state.TransactionalState;

/** What is provided to one instance of a bot. */
public final class HostedContext implements BotContext {

    private static final DateTimeFormatter OBSERVATION = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

    private final String botId;
    private final Harmonization harmonization;
    private final Services services;
    private final Logger log;
    private final Path dataDirectory;
    private final List<Field> copiedFields;
    private final DefaultFields defaultFields;
    private final ReportEncoding encoding;
    private final List<TransactionalState> states = new ArrayList<>();

    public HostedContext(String botId, Harmonization harmonization, Services services, Logger log, Path dataDirectory,
                  List<Field> copiedFields, DefaultFields defaultFields, ReportEncoding encoding) {
        this.botId = botId;
        this.harmonization = harmonization;
        this.services = services;
        this.log = log;
        this.dataDirectory = dataDirectory;
        this.copiedFields = copiedFields;
        this.defaultFields = defaultFields;
        this.encoding = encoding;
    }

    @Override
    public String botId() {
        return botId;
    }

    @Override
    public Harmonization harmonization() {
        return harmonization;
    }

    @Override
    public boolean isRehearsal() {
        return services.isRehearsal();
    }

    @Override
    public Map<String, String> environment() {
        return services.environment();
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public Logger log() {
        return log;
    }

    @Override
    public State state(CacheParams params) {
        TransactionalState state = services.state(botId, params);
        states.add(state);
        return new LoggedState(state, log);
    }

    @Override
    public long queueLength(String queue) {
        return services.queueLength(queue);
    }

    @Override
    public Http http(HttpParams params) {
        return new LoggedHttp(services.http(params), log);
    }

    @Override
    public Dns dns() {
        return new LoggedDns(services.dns(), log);
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public Report newReport() {
        Report report = new Report(harmonization);
        report.add(Fields.TIME_OBSERVATION, OBSERVATION.format(services.clock().instant()));
        return report;
    }

    @Override
    public Event newEvent(Report report) {
        return Event.from(report, copiedFields);
    }

    @Override
    public ReportEncoding encoding() {
        return encoding;
    }

    @Override
    public void complete(Event event) {
        defaultFields.complete(event);
    }

    /** The instance's states, which are begun, undone and flushed with its inputs. */
    public List<TransactionalState> states() {
        return states;
    }
}
