package org.intelmq.engine.hosted;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.DefaultFields;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.ListensOn;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.catalogue.NamedFields;
import org.intelmq.engine.failure.Away;
import org.intelmq.engine.lend.HostedContext;
import org.intelmq.engine.lend.Rehearsal;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.observe.BotLog;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.observe.DumpFile;
import org.intelmq.engine.settings.OwnDefaults;
import org.intelmq.engine.settings.Placement;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.engine.settings.UnusedParameters;
import org.intelmq.files.Writable;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.parameters.SecretFiles;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.state.TransactionalState;
import org.intelmq.text.Suggestion;

/** Creates running bots from configurations, or reports everything that is wrong with a configuration. */
public final class BotFactory {

    private static final ParameterSchema<RuntimeParams> RUNTIME = ParameterSchema.of(RuntimeParams.class);

    private final Installation installation;
    private final Catalogue catalogue;
    private final Services services;
    private final boolean keepsLogs;

    public BotFactory(Installation installation, Catalogue catalogue, Services services) {
        this(installation, catalogue, services, true);
    }

    private BotFactory(Installation installation, Catalogue catalogue, Services services, boolean keepsLogs) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.services = services;
        this.keepsLogs = keepsLogs;
    }

    /** A factory whose bots write no logs. */
    public static BotFactory ofUnderstudies(Installation installation, Catalogue catalogue, Services services) {
        return new BotFactory(installation, catalogue, services, false);
    }

    /**
     * Everything that is wrong with the bot by itself: with its parameters, and with the files it needs.
     *
     * @param harmonization {@code null} if unknown; fields that parameters set are then not checked
     * @param rehearsal what the bot is given when it is created as a trial; {@code null} to skip that
     */
    public List<Problem> check(BotConfiguration configuration, Harmonization harmonization, Services rehearsal) {
        BotType<?> type = type(configuration);
        if (type == null) {
            // a missing module was reported when the file was read
            return configuration.module() == null ? List.of() : List.of(unknownModule(configuration));
        }
        return all(configuration, type, each -> look(each, type, harmonization, rehearsal));
    }

    private static List<Problem> all(BotConfiguration configuration, BotType<?> type, Function<BotConfiguration, List<Problem>> look) {
        return AllProblems.of(configuration, type, look).stream().map(problem -> QuotedFile.named(problem, configuration, type)).toList();
    }

    /** Everything that keeps the bot from starting: what is known already, such as of its queues, and what is wrong with it by itself. */
    public BotStartException refused(BotConfiguration configuration, Harmonization harmonization, List<Problem> known) {
        Services rehearsal = new Rehearsal(services);
        Stream<Problem> own = check(configuration, harmonization, rehearsal).stream().filter(Problem::isRefused);
        return new BotStartException(Stream.concat(known.stream(), own).distinct().toList(), null);
    }

    /** All that keeps a bot from starting, when a part of it is known already: who mends that must not meet the next at the next start. */
    private BotStartException refused(BotConfiguration configuration, BotType<?> type, Harmonization harmonization, List<Problem> known, Exception cause) {
        Services rehearsal = new Rehearsal(services);
        List<Problem> problems = all(configuration, type, each -> each == configuration ? known : look(each, type, harmonization, rehearsal));
        return new BotStartException(problems.stream().filter(Problem::isRefused).toList(), cause);
    }

    private List<Problem> look(BotConfiguration configuration, BotType<?> type, Harmonization harmonization, Services rehearsal) {
        List<Problem> problems = new ArrayList<>();
        try {
            Readings readings = read(configuration, type);
            problems.addAll(readings.problems(configuration.id(), harmonization));
            checkLogs(configuration, problems);
            Path database = database(type, readings.own().value());
            if (database != null && database.isAbsolute() && !Files.exists(database)) {
                problems.add(Problem.ofBot(configuration.id(), Severity.REFUSED, "its database " + database
                        + " does not exist: 'intelmqctl update-database " + configuration.id() + "' fetches it"));
            }
            if (rehearsal != null && harmonization != null && problems.stream().noneMatch(Problem::isRefused)) {
                rehearse(configuration, type, readings, harmonization, rehearsal, problems);
            }
        } catch (Exception e) {
            problems.add(refusal(configuration.id(), e));
        }
        return problems;
    }

    private void checkLogs(BotConfiguration configuration, List<Problem> problems) {
        Path folder = installation.log(configuration);
        String reason = folder.equals(installation.log()) ? null : Writable.folder(folder);
        if (reason != null) {
            problems.add(Problem.ofBot(configuration.id(), Severity.ERROR, "parameter 'logging_path' cannot be \"" + folder + "\": " + reason));
        }
    }

    /** Creates the bot as a start would, leaving no trace. A bot that would wait for other systems is fine. */
    private void rehearse(BotConfiguration configuration, BotType<?> type, Readings readings, Harmonization harmonization, Services rehearsal,
                          List<Problem> problems) throws Exception {
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        log.addHandler(new Warnings(text -> problems.add(Problem.ofBot(configuration.id(), Severity.WARNING, text))));
        try {
            make(type, readings.own().value(), context(configuration.id(), readings.group().value(), harmonization, rehearsal, log)).close();
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            if (!Away.keepsFromStarting(e)) {
                throw e;
            }
        }
    }

    /** What a bot warns about while it is created. */
    private static final class Warnings extends Handler {

        private final Consumer<String> texts;

        private Warnings(Consumer<String> texts) {
            this.texts = texts;
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                texts.accept(line.getMessage());
            }
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    }

    private static Problem refusal(String bot, Exception reason) {
        return Problem.ofBot(bot, Severity.REFUSED,
                SecretFiles.hiddenAnywhere(reason.getMessage() == null ? "cannot be made: " + reason : reason.getMessage()));
    }

    /** The address on which the bot accepts connections; {@code null} if it accepts none, or if its parameters are wrong. */
    public SocketAddress listensOn(BotConfiguration configuration) {
        BotType<?> type = type(configuration);
        boolean listens = type != null && ListensOn.class.isAssignableFrom(type.params());
        return listens && read(configuration, type).own().value() instanceof ListensOn params ? params.listensOn() : null;
    }

    /** Which of several servers run the bot; {@code null} if its parameters are wrong. */
    public Placement placement(BotConfiguration configuration) {
        BotType<?> type = type(configuration);
        Readings readings = type == null ? null : read(configuration, type);
        boolean usable = readings != null && readings.own().value() != null && readings.runtime().value() != null;
        return usable ? Placement.of(type, readings.own().value(), readings.runtime().value()) : null;
    }

    /** The database that is updated for the bot; {@code null} if it has none. */
    @SuppressWarnings("unchecked")
    private static <P extends Record> Path database(BotType<P> type, Record params) {
        return type.update() == null || params == null ? null : type.update().file().apply((P) params);
    }

    /**
     * Creates the bot completely, or not at all.
     *
     * @throws BotStartException naming every problem
     */
    public RunningBot create(BotConfiguration configuration, Harmonization harmonization, Counters statistics) {
        RunningBot bot = prepare(configuration, harmonization, statistics);
        try {
            bot.instances().fill(instances(bot));
            return bot;
        } catch (Exception e) {
            throw refused(bot, e);
        }
    }

    /**
     * The bot without instances: everything that needs no other system.
     *
     * @throws BotStartException naming every problem
     */
    public RunningBot prepare(BotConfiguration configuration, Harmonization harmonization, Counters statistics) {
        BotType<?> type = type(configuration);
        if (type == null) {
            throw new BotStartException(List.of(unknownModule(configuration)), null);
        }
        Readings readings;
        List<Problem> problems;
        try {
            readings = read(configuration, type);
            problems = readings.problems(configuration.id(), harmonization);
        } catch (RuntimeException e) {
            throw new BotStartException(List.of(refusal(configuration.id(), e)), e);
        }
        List<Problem> refusals = problems.stream().filter(Problem::isRefused).toList();
        if (!refusals.isEmpty()) {
            throw refused(configuration, type, harmonization, refusals, null);
        }
        RuntimeParams runtime = readings.runtime().value();
        Path logs = installation.log(configuration);
        BotLog log = new BotLog(configuration.id(), keepsLogs ? logs.resolve(configuration.id() + ".log") : null, runtime);
        DumpFile dump = new DumpFile(logs.resolve(configuration.id() + ".dump"), services.clock());
        problems.forEach(warning -> log.logger().warning(warning.text()));
        readings.unused().forEach((reason, names) -> log.logger().fine("Parameters " + names + " are not used: " + reason + "."));
        return new RunningBot(configuration, type, runtime, readings.own().value(), readings.group().value(), harmonization, statistics, log, dump,
                services.clock());
    }

    /** Creates all instances that the bot needs, or none. */
    public List<BotInstance> instances(RunningBot bot) throws Exception {
        List<BotInstance> made = new ArrayList<>();
        try {
            for (int i = 0; i < bot.instances().size(); i++) {
                made.add(instance(bot));
            }
        } catch (Throwable thrown) {
            made.forEach(BotInstance::close);
            throw FaultException.of(thrown);
        }
        return made;
    }

    /** Called when {@link #instances} has failed for good. */
    public BotStartException refused(RunningBot bot, Exception reason) {
        bot.log().failure("Bot initialization failed.", reason);
        BotStartException all = refused(bot.configuration(), bot.type(), bot.harmonization(), List.of(refusal(bot.id(), reason)), reason);
        all.problems().stream().skip(1).forEach(further -> bot.log().logger().severe(further.text()));
        bot.log().close();
        return all;
    }

    private BotInstance instance(RunningBot bot) throws Exception {
        HostedContext context = context(bot.id(), bot.groupParams(), bot.harmonization(), services, bot.log().logger());
        try {
            return new BotInstance(make(bot.type(), bot.params(), context), context.states(), bot.log().logger());
        } catch (Exception e) {
            context.states().forEach(TransactionalState::close);
            throw e;
        }
    }

    private HostedContext context(String bot, Record groupParams, Harmonization harmonization, Services lent, Logger log) {
        ParserParams parser = groupParams instanceof ParserParams given ? given : new ParserParams(Map.of(), List.of(), StandardCharsets.UTF_8);
        List<Field> copied = parser.copyCollectorProvidedFields().stream().map(Field::of).toList();
        return new HostedContext(bot, harmonization, lent, log, installation.bots(), copied, new DefaultFields(parser.defaultFields()),
                new ReportEncoding(parser.encoding()));
    }

    @SuppressWarnings("unchecked")
    private static Bot<Object> make(BotType<?> type, Record params, BotContext context) throws Exception {
        return ((BotType.Factory<Record, Object>) (BotType.Factory<?, ?>) type.factory()).create(params, context);
    }

    private BotType<?> type(BotConfiguration configuration) {
        return configuration.module() == null ? null : catalogue.find(configuration.module());
    }

    private Problem unknownModule(BotConfiguration configuration) {
        String module = String.valueOf(configuration.module());
        return new Problem(configuration.id(), Problem.MODULE, Severity.REFUSED, "bot '" + configuration.id() + "': module cannot be \"" + module
                + "\": expected one listed by 'intelmqctl list bots'"
                + Suggestion.question(module, catalogue.types().stream().map(BotType::module).toList())
                + (catalogue.changedJars().isEmpty() ? "" : ". If it is in one of the jars " + String.join(", ", catalogue.changedJars())
                + ", which have changed since the server started, restart the server"));
    }

    private record Readings(BotConfiguration configuration, BotType<?> type, ParameterSchema.Reading<? extends Record> own,
            ParameterSchema.Reading<RuntimeParams> runtime,
                            ParameterSchema.Reading<? extends Record> group, Map<String, List<String>> unused) {

        /** Each problem is reported once, even if a parameter such as {@code rate_limit} belongs to both the bot and the server. */
        List<Problem> problems(String id, Harmonization harmonization) {
            Set<Problem> problems = new LinkedHashSet<>();
            List.of(own, runtime, group).forEach(reading -> reading.problems().forEach(text -> problems.add(Problem.ofBot(id, Severity.REFUSED, text))));
            if (harmonization != null && group.value() instanceof ParserParams parser) {
                new DefaultFields(parser.defaultFields()).problems(harmonization)
                        .forEach(text -> problems.add(Problem.ofBot(id, Severity.REFUSED, text)));
            }
            if (harmonization != null) {
                Stream.of(type.params(), type.group().commonParams())
                        .flatMap(params -> NamedFields.unknown(params, configuration.parameters(), harmonization).stream())
                        .forEach(field -> problems.add(Problem.ofBot(id, field.fatal() ? Severity.REFUSED : Severity.WARNING, field.text())));
            }
            own.warnings().forEach(text -> problems.add(Problem.ofBot(id, Severity.WARNING, text)));
            return List.copyOf(problems);
        }
    }

    private Readings read(BotConfiguration configuration, BotType<?> type) {
        ParameterSchema<? extends Record> own = ParameterSchema.of(type.params());
        ParameterSchema<? extends Record> group = ParameterSchema.of(type.group().commonParams());
        Map<String, Object> values = OwnDefaults.added(type, configuration.parameters());
        Set<String> others = new HashSet<>(RUNTIME.names());
        others.addAll(group.names());
        Map<String, List<String>> unused = new TreeMap<>();
        values.keySet().forEach(name -> {
            if (UnusedParameters.isKnown(name) || !configuration.ownParameters().containsKey(name)) {
                others.add(name);
            }
            if (UnusedParameters.reason(name) != null) {
                unused.computeIfAbsent(UnusedParameters.reason(name), missing -> new ArrayList<>()).add(name);
            }
        });
        ParameterSchema.Folders folders = new ParameterSchema.Folders(installation.root(), installation.bots());
        return new Readings(configuration, type, own.read(values, others, folders), RUNTIME.read(values, values.keySet(), folders),
                group.read(values, values.keySet(), folders), unused);
    }
}
