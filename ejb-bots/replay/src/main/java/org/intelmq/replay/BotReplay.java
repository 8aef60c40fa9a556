package org.intelmq.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CollectorParams;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.bot.Tick;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.engine.DefaultFields;
import org.intelmq.engine.FeedFields;
import org.intelmq.engine.HostedContext;
import org.intelmq.engine.Network;
import org.intelmq.message.Field;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.state.TransactionalState;

/** Runs recorded cases of bots and compares what comes out. */
final class BotReplay implements AutoCloseable {

    private static final String DISPLAY_NAME = "Test Bot";
    /** In texts of a case: the folder with its files. */
    static final String PLACEHOLDER = "${CASE_DIR}";
    private static final Map<String, Object> GIVEN_PARAMETERS = Map.of("error_max_retries", 0L, "redis_cache_db", 4L,
            "redis_cache_ttl", 10L, "testing", true);
    /** What no recording can stand in for. */
    private static final Set<String> UNSERVED = Set.of("postgres", "rsync", "smtp", "socket");
    /** What a recording may or may not stand in for. */
    private static final Set<String> UNCERTAIN = Set.of("python-mock", "network");

    private final Site site;
    private final Set<String> continued;
    private final Function<HttpParams, Http> web;
    private final Map<String, RunningCase> waiting = new HashMap<>();

    private static final class RunningCase {
        private final CaseFolder folder;
        private final ReplayServices services;
        private final ReplayOutbox outbox = new ReplayOutbox();
        private BotType<?> type;
        private HostedContext context;
        private Bot<?> bot;
        private Predicate<Message> completes;
        private String unserved;
        private int inputs;

        /** @param network asked for answers that are not recorded; {@code null} for none */
        RunningCase(Network network) throws IOException {
            this.folder = new CaseFolder();
            this.services = new ReplayServices(folder.state(), network);
        }

        void begin(Map<String, Object> record, Dns dns) {
            services.begin(record, dns, this::lacks);
        }

        private void lacks(String answer) {
            unserved = answer;
        }
    }

    /**
     * @param continued ids of cases whose bot goes on in a later one
     * @param web       for cases with a recorded web server, which is run on the loopback; {@code null} if none may be run
     */
    BotReplay(Site site, Set<String> continued, Function<HttpParams, Http> web) {
        this.site = site;
        this.continued = continued;
        this.web = web;
    }

    Outcome replay(Map<String, Object> recorded) throws Exception {
        String id = (String) recorded.get("id");
        String module = (String) recorded.get("bot");
        BotType<?> type = site.catalogue().find(module);
        if (type == null) {
            return Outcome.unsupported(id, module, "there is no bot " + module);
        }
        List<String> needs = Plain.list(recorded.get("needs"));
        for (String need : needs) {
            if (UNSERVED.contains(need)) {
                return Outcome.unsupported(id, module, "needs " + need);
            }
        }
        String missing = web == null && Outside.isIn(recorded) ? "a web server" : Outside.unserved(recorded);
        if (missing != null) {
            return Outcome.unsupported(id, module, "needs " + missing);
        }
        RunningCase running = waiting.remove(recorded.getOrDefault("continues", ""));
        if (running == null) {
            running = new RunningCase(null);
        }
        Map<String, Object> record = Plain.map(Markers.resolve(recorded, PLACEHOLDER, running.folder.files().toString()));
        Comparison comparison = new Comparison(RecordedResults.ignored(Plain.list(record.get("nondeterministic"))), !needs.contains("network"));
        try {
            if (Outside.isIn(record)) {
                runWithOutside(record, type, running, comparison);
            } else {
                run(record, type, running, comparison);
            }
        } finally {
            if (continued.contains(id)) {
                waiting.put(id, running);
            } else {
                close(running);
            }
        }
        if (!comparison.differences().isEmpty()) {
            if (running.unserved != null && !record.containsKey(Site.OF_INSTALLATION)) {
                return Outcome.unsupported(id, module, running.unserved);
            }
            // what bots remember is kept in memory; but a unit test, and a bot that exchanges messages, may have met a filled Redis
            boolean filledRedis = needs.contains("redis") && (recorded.containsKey("passed") || module.contains("redis"));
            if (filledRedis || needs.stream().anyMatch(UNCERTAIN::contains)) {
                return Outcome.unsupported(id, module, "needs " + String.join(", ", needs) + ": " + comparison.differences().get(0));
            }
        }
        return Outcome.of(id, module, comparison.differences());
    }

    private void runWithOutside(Map<String, Object> given, BotType<?> type, RunningCase running, Comparison comparison) throws Exception {
        try (Outside outside = Outside.start(given)) {
            Map<String, Object> record = new LinkedHashMap<>(Plain.map(Markers.resolve(given, Outside.PORT, String.valueOf(outside.port()))));
            record.put("destination_paths", List.copyOf(Plain.map(record.get("output")).keySet()));
            running.services.reach(web);
            if (run(record, type, running, comparison)) {
                outside.compare(record, comparison);
            }
        }
    }

    /** Returns whether the bot could be made. */
    private boolean run(Map<String, Object> record, BotType<?> type, RunningCase running, Comparison comparison) throws Exception {
        boolean network = Plain.list(record.get("needs")).contains("network");
        List<Map<String, Object>> expectedEvents = new ArrayList<>();
        if (network) {
            Plain.<Map<String, Object>>list(record.get("asserted")).stream().filter(asserted -> asserted.containsKey("message"))
                    .forEach(asserted -> expectedEvents.add(Plain.map(asserted.get("message"))));
        }
        running.begin(record, record.containsKey("dns") ? new RecordedDns(Plain.map(record.get("dns")), null, running::lacks)
                : new InferredDns(expectedEvents, running::lacks));
        running.folder.layOut(Plain.list(record.get("dirs")), Plain.map(record.get("files")));
        Object wantedProblem = record.get("init_error");
        if (running.bot == null) {
            try {
                create(record, type, running, site);
            } catch (Exception e) {
                if (wantedProblem == null) {
                    comparison.report("start of the bot", Difference.NOTHING, Exceptions.describe(e));
                }
                return false;
            }
        }
        if (wantedProblem != null) {
            comparison.report("start of the bot", Plain.map(wantedProblem).get("message"), Difference.NOTHING);
            return true;
        }
        running.outbox.begin(Plain.list(record.get("destination_paths")), running.completes);
        int left = processAll(record, running);
        if (!continued.contains(record.get("id"))) {
            running.bot.close();
            running.bot = null;
        }
        if (network) {
            RecordedResults.asserted(record, running.outbox, comparison);
        } else {
            comparison.compare("output", record.get("output"), running.outbox.sent());
            RecordedResults.failures(Plain.list(record.get("error")), running.outbox.failures(), comparison);
            comparison.compare("input_left", record.getOrDefault("input_left", 0L), (long) left);
        }
        comparison.compare("http", running.services.http().recorded(), running.services.http().requested());
        RecordedResults.files(record, running.folder, comparison);
        return true;
    }

    /**
     * Runs a case that has no results yet, in a bot of its own.
     *
     * @param network asked for what the bot wants to know; {@code null} for none
     * @return the case with what came out as what is expected from now on
     * @throws ConfigurationException if the bot cannot be made, or asks a system that no recording stands in for
     */
    static Map<String, Object> record(Map<String, Object> given, BotType<?> type, Site site, Network network) throws Exception {
        RunningCase running = new RunningCase(network);
        try {
            RecordedDns dns = new RecordedDns(Map.of(), network, running::lacks);
            running.begin(given, dns);
            create(given, type, running, site);
            running.outbox.begin(Plain.list(given.get("destination_paths")), running.completes);
            processAll(given, running);
            if (running.unserved != null) {
                throw new ConfigurationException("a case of " + type.module() + " cannot be recorded: " + running.unserved);
            }
            Map<String, Object> recorded = new LinkedHashMap<>(given);
            recorded.put("http", running.services.http().exchanges());
            recorded.put("dns", dns.answers());
            recorded.put("output", running.outbox.sent());
            List<Object> failures = new ArrayList<>();
            for (ReplayOutbox.Failure failure : running.outbox.failures()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("exception", failure.reason().getClass().getName());
                entry.put("exception_message", failure.reason().getMessage());
                entry.put("message", failure.message() == null ? Map.of("$raw", failure.undecoded()) : Plain.message(failure.message()));
                failures.add(entry);
            }
            recorded.put("error", failures);
            return recorded;
        } finally {
            close(running);
        }
    }

    private static void create(Map<String, Object> record, BotType<?> type, RunningCase running, Site site) throws Exception {
        Map<String, Object> parameters = new LinkedHashMap<>(GIVEN_PARAMETERS);
        parameters.putAll(Plain.map(record.get("parameters")));
        running.type = type;
        List<Field> copiedFields = List.of();
        DefaultFields defaultFields = new DefaultFields(Map.of());
        ReportEncoding encoding = ReportEncoding.UTF_8;
        running.completes = message -> true;
        if (type.group() == BotGroup.COLLECTOR) {
            FeedFields feed = new FeedFields(params(CollectorParams.class, parameters), DISPLAY_NAME);
            running.completes = message -> !(message instanceof Report report) || feed.complete(report);
        }
        if (type.group() == BotGroup.PARSER) {
            ParserParams common = params(ParserParams.class, parameters);
            copiedFields = common.copyCollectorProvidedFields().stream().map(Field::of).toList();
            defaultFields = new DefaultFields(common.defaultFields());
            encoding = new ReportEncoding(common.encoding());
        }
        running.context = new HostedContext((String) record.get("bot_id"), site.harmonizationOf(record), running.services, silent(),
                site.databasesOf(record, running.folder.data()), copiedFields, defaultFields, encoding);
        running.bot = make(type, parameters, running.context);
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

    /** Returns how many inputs are left over. */
    @SuppressWarnings("unchecked")
    private static int processAll(Map<String, Object> record, RunningCase running) {
        List<Object> inputs = Plain.list(record.get("input"));
        int times = ((Number) record.getOrDefault("iterations", (long) inputs.size())).intValue();
        if (running.type.group() == BotGroup.COLLECTOR) {
            for (int i = 0; i < times; i++) {
                Tick tick = new Tick(running.services.clock().instant());
                process(running, (Bot<Tick>) running.bot, tick, null);
            }
            return inputs.size();
        }
        for (int i = 0; i < Math.min(times, inputs.size()); i++) {
            Message message;
            String text = text(inputs.get(i));
            try {
                message = MessageJson.parse(text, running.context.harmonization(), null);
            } catch (Exception e) {
                running.outbox.failToDecode(text, e);
                continue;
            }
            process(running, (Bot<Message>) running.bot, message, message);
        }
        return Math.max(0, inputs.size() - times);
    }

    private static <I> void process(RunningCase running, Bot<I> bot, I input, Message message) {
        List<TransactionalState> states = running.context.states();
        String id = "input-" + running.inputs++;
        states.forEach(state -> state.begin(id));
        try {
            bot.process(input, running.outbox);
        } catch (Exception e) {
            states.forEach(TransactionalState::undo);
            running.outbox.fail(message, e);
            return;
        }
        states.forEach(TransactionalState::flush);
        running.outbox.commit();
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

    private static void close(RunningCase running) throws Exception {
        try (running.folder; running.services) {
            if (running.bot != null) {
                running.bot.close();
            }
        }
    }

    @Override
    public void close() throws Exception {
        for (RunningCase running : waiting.values()) {
            close(running);
        }
        waiting.clear();
    }
}
