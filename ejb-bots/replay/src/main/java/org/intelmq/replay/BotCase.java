package org.intelmq.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CollectorParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.DefaultFields;
import org.intelmq.bot.Dns;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.Tick;
import org.intelmq.engine.lend.HostedContext;
import org.intelmq.engine.lend.Network;
import org.intelmq.engine.settings.FeedFields;
import org.intelmq.engine.settings.OwnDefaults;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.state.TransactionalState;

/** A bot that runs cases, one after the other if they continue each other, with its own folder and memory. */
public final class BotCase implements AutoCloseable {

    /** Stands, in texts of a case, for the folder with the case's files. */
    public static final String PLACEHOLDER = "${CASE_DIR}";

    private static final String DISPLAY_NAME = "Test Bot";
    private static final Map<String, Object> GIVEN_PARAMETERS = Map.of("error_max_retries", 0L, "redis_cache_db", 4L,
            "redis_cache_ttl", 10L, "testing", true);

    private final CaseFolder folder;
    private final ReplayServices services;
    private final ReplayOutbox outbox = new ReplayOutbox();
    private BotType<?> type;
    private HostedContext context;
    private Bot<?> bot;
    private Predicate<Message> completes;
    private StreamSource source;
    private Exception unreached;
    private String unserved;
    private int inputs;

    /** @param network gives answers that are not recorded; {@code null} for none */
    public BotCase(Network network) throws IOException {
        this.folder = new CaseFolder();
        this.services = new ReplayServices(folder.state(), network);
    }

    public CaseFolder folder() {
        return folder;
    }

    public ReplayServices services() {
        return services;
    }

    public ReplayOutbox outbox() {
        return outbox;
    }

    /** What the bot asked for that the case has no answer to; {@code null} if there is nothing. */
    public String unserved() {
        return unserved;
    }

    /** Records that the case has no answer to a request of the bot. */
    public void lacks(String answer) {
        unserved = answer;
    }

    /** Begins a case, with its answers and its time. */
    public void begin(Map<String, Object> record, Dns dns) {
        services.begin(record, dns, this::lacks);
    }

    /** Sets the source that pushes to the bot, if it is a stream; without one, the bot is run until its own source has ended. */
    public void toldBy(StreamSource itsSource) {
        source = itsSource;
    }

    /** Whether the bot is a stream. */
    public boolean isTold() {
        return bot instanceof StreamBot;
    }

    /** Why a stream did not reach its source or could not listen; {@code null} if it did. */
    public Exception unreached() {
        return unreached;
    }

    /** Whether the bot has been created, by this case or an earlier one. */
    public boolean isCreated() {
        return bot != null;
    }

    /**
     * Creates the bot.
     *
     * @param databases the folder with databases that it may read
     * @throws ConfigurationException if its parameters cannot be used
     */
    public void create(Map<String, Object> record, BotType<?> botType, Harmonization harmonization, Path databases) throws Exception {
        Map<String, Object> given = new LinkedHashMap<>(GIVEN_PARAMETERS);
        given.putAll(Plain.map(record.get("parameters")));
        type = botType;
        Map<String, Object> parameters = OwnDefaults.added(type, given);
        List<Field> copiedFields = List.of();
        DefaultFields defaultFields = new DefaultFields(Map.of());
        ReportEncoding encoding = ReportEncoding.UTF_8;
        completes = message -> true;
        if (type.group() == BotGroup.COLLECTOR) {
            FeedFields feed = new FeedFields(params(CollectorParams.class, parameters), DISPLAY_NAME);
            completes = message -> !(message instanceof Report report) || feed.complete(report);
        }
        if (type.group() == BotGroup.PARSER) {
            ParserParams common = params(ParserParams.class, parameters);
            copiedFields = common.copyCollectorProvidedFields().stream().map(Field::of).toList();
            defaultFields = new DefaultFields(common.defaultFields());
            encoding = new ReportEncoding(common.encoding());
        }
        context = new HostedContext(botId(record), harmonization, services, silent(), databases, copiedFields, defaultFields, encoding);
        bot = make(type, parameters, context);
    }

    public static String botId(Map<String, Object> record) {
        return (String) record.getOrDefault("bot_id", "test-bot");
    }

    private static Logger silent() {
        Logger log = Logger.getAnonymousLogger();
        log.setLevel(Level.OFF);
        return log;
    }

    private static <P extends Record> Bot<?> make(BotType<P> type, Map<String, Object> parameters, HostedContext context) throws Exception {
        return type.factory().create(params(type.params(), parameters), context);
    }

    private static <P extends Record> P params(Class<P> type, Map<String, Object> values) {
        ParameterSchema.Reading<P> reading = ParameterSchema.of(type).read(values, Set.of());
        if (!reading.problems().isEmpty()) {
            throw new ConfigurationException(String.join("; ", reading.problems()));
        }
        return reading.value();
    }

    /**
     * Runs the inputs of a case through the bot.
     *
     * @param paths to which it may send
     * @return how many inputs are left over
     */
    @SuppressWarnings("unchecked")
    public int process(Map<String, Object> record, List<String> paths) {
        outbox.begin(paths, completes);
        List<Object> given = Plain.list(record.get("input"));
        int times = ((Number) record.getOrDefault("iterations", (long) given.size())).intValue();
        if (bot instanceof StreamBot stream) {
            listen(stream, times);
            return given.size();
        }
        if (type.group() == BotGroup.COLLECTOR) {
            for (int i = 0; i < times; i++) {
                process((Bot<Tick>) bot, new Tick(services.clock().instant()), null);
            }
            return given.size();
        }
        for (int i = 0; i < Math.min(times, given.size()); i++) {
            Message message;
            String text = text(given.get(i));
            try {
                message = MessageJson.parse(text, context.harmonization(), null);
            } catch (Exception e) {
                outbox.failToDecode(text, e);
                continue;
            }
            process((Bot<Message>) bot, message, message);
        }
        return Math.max(0, given.size() - times);
    }

    private void listen(StreamBot stream, int times) {
        if (source == null) {
            for (int i = 0; i < times; i++) {
                Exception failure = new StreamRun(stream, outbox).toItsEnd();
                if (failure != null) {
                    outbox.fail(null, failure);
                }
            }
            return;
        }
        try {
            unreached = new StreamRun(stream, outbox).with(source);
        } catch (Exception e) {
            outbox.fail(null, e);
        }
    }

    private <I> void process(Bot<I> of, I input, Message message) {
        List<TransactionalState> states = context.states();
        String id = "input-" + inputs++;
        states.forEach(state -> state.begin(id));
        try {
            of.process(input, outbox);
        } catch (Exception e) {
            states.forEach(TransactionalState::undo);
            outbox.fail(message, e);
            return;
        }
        states.forEach(TransactionalState::flush);
        outbox.commit();
    }

    static String text(Object input) {
        if (input instanceof Map<?, ?> map && map.get("$raw") instanceof String raw) {
            return raw;
        }
        if (input instanceof Map<?, ?> map && map.get("$raw_b64") instanceof String base64) {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        }
        return input instanceof String text ? text : Json.write(input);
    }

    /** Closes the bot, so that what it does then counts too. */
    public void end() throws Exception {
        if (bot != null) {
            bot.close();
            bot = null;
        }
    }

    @Override
    public void close() throws Exception {
        try (folder; services) {
            end();
        }
    }
}
