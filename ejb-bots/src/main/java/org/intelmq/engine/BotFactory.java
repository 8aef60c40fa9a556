package org.intelmq.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.ParserParams;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.catalogue.ParameterSchema;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.TransactionalState;

/** Makes running bots of configurations, or says all that is wrong with one. */
final class BotFactory {

    private static final ParameterSchema<RuntimeParams> RUNTIME = ParameterSchema.of(RuntimeParams.class);

    private final Installation installation;
    private final Catalogue catalogue;
    private final Services services;

    BotFactory(Installation installation, Catalogue catalogue, Services services) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.services = services;
    }

    /** What keeps the bot from running, and what does not but deserves a look; each one line naming bot, key, value, expectation. */
    record Findings(List<String> problems, List<String> warnings) { }

    /** @param harmonization {@code null} if it is not known, so that nothing is said of the fields that parameters set */
    Findings check(BotConfiguration configuration, Harmonization harmonization) {
        BotType<?> type = type(configuration);
        if (type == null) {
            return new Findings(List.of(unknownModule(configuration)), List.of());
        }
        Readings readings = read(configuration, type);
        Findings findings = readings.findings(configuration.id(), harmonization);
        Path database = database(type, readings.own().value());
        if (database == null || !database.isAbsolute() || Files.exists(database)) {
            return findings;
        }
        List<String> problems = new ArrayList<>(findings.problems());
        problems.add("bot '" + configuration.id() + "': its database " + database + " does not exist: 'intelmqctl update-database "
                + configuration.id() + "' fetches it");
        return new Findings(problems, findings.warnings());
    }

    /** Where the bot keeps what is updated for it, {@code null} for nowhere. */
    @SuppressWarnings("unchecked")
    private static <P extends Record> Path database(BotType<P> type, Record params) {
        return type.update() == null || params == null ? null : type.update().file().apply((P) params);
    }

    /**
     * Makes the bot whole, or not at all.
     *
     * @throws BotStartException naming every problem
     */
    RunningBot create(BotConfiguration configuration, Harmonization harmonization, Counters statistics) {
        RunningBot bot = prepare(configuration, harmonization, statistics);
        try {
            bot.equip(instances(bot));
            return bot;
        } catch (Exception e) {
            throw refused(bot, e);
        }
    }

    /** The bot without instances: all that needs no other system. @throws BotStartException naming every problem */
    RunningBot prepare(BotConfiguration configuration, Harmonization harmonization, Counters statistics) {
        BotType<?> type = type(configuration);
        if (type == null) {
            throw new BotStartException(List.of(unknownModule(configuration)), null);
        }
        Readings readings = read(configuration, type);
        Findings findings = readings.findings(configuration.id(), harmonization);
        if (!findings.problems().isEmpty()) {
            throw new BotStartException(findings.problems(), null);
        }
        RuntimeParams runtime = readings.runtime().value();
        Path logs = installation.log(configuration);
        BotLog log = new BotLog(configuration.id(), logs.resolve(configuration.id() + ".log"), runtime);
        DumpFile dump = new DumpFile(logs.resolve(configuration.id() + ".dump"), services.clock());
        findings.warnings().forEach(log.logger()::warning);
        readings.unused().forEach((reason, names) -> log.logger().fine("Parameters " + names + " are not used: " + reason + "."));
        return new RunningBot(configuration, type, runtime, readings.own().value(), readings.group().value(), harmonization, statistics, log, dump,
                services.clock());
    }

    /** All instances that the bot needs, or none. */
    List<BotInstance> instances(RunningBot bot) throws Exception {
        List<BotInstance> made = new ArrayList<>();
        try {
            for (int i = 0; i < bot.sessions(); i++) {
                made.add(instance(bot));
            }
        } catch (Throwable thrown) {
            made.forEach(BotInstance::close);
            throw FaultException.of(thrown);
        }
        return made;
    }

    /** After {@link #instances} has failed for good. */
    BotStartException refused(RunningBot bot, Exception reason) {
        bot.log().failure("Bot initialization failed.", reason);
        bot.log().close();
        return new BotStartException(List.of("bot '" + bot.id() + "': " + reason.getMessage()), reason);
    }

    @SuppressWarnings("unchecked")
    private BotInstance instance(RunningBot bot) throws Exception {
        ParserParams parser = bot.groupParams() instanceof ParserParams given ? given : new ParserParams(Map.of(), List.of(), StandardCharsets.UTF_8);
        List<Field> copied = parser.copyCollectorProvidedFields().stream().map(Field::of).toList();
        HostedContext context = new HostedContext(bot.id(), bot.harmonization(), services, bot.log().logger(), installation.bots(), copied,
                new DefaultFields(parser.defaultFields()), new ReportEncoding(parser.encoding()));
        BotType.Factory<Record, Object> factory = (BotType.Factory<Record, Object>) (BotType.Factory<?, ?>) bot.type().factory();
        try {
            Bot<Object> made = factory.create(bot.params(), (BotContext) context);
            return new BotInstance(bot, made, context.states());
        } catch (Exception e) {
            context.states().forEach(TransactionalState::close);
            throw e;
        }
    }

    private BotType<?> type(BotConfiguration configuration) {
        return configuration.module() == null ? null : catalogue.find(configuration.module());
    }

    private static String unknownModule(BotConfiguration configuration) {
        return "bot '" + configuration.id() + "': module cannot be \"" + configuration.module()
                + "\": expected one that 'intelmqctl list bots' names";
    }

    private record Readings(ParameterSchema.Reading<? extends Record> own, ParameterSchema.Reading<RuntimeParams> runtime,
                            ParameterSchema.Reading<? extends Record> group, Map<String, List<String>> unused) {

        Findings findings(String id, Harmonization harmonization) {
            List<String> problems = new ArrayList<>();
            List.of(own, runtime, group).forEach(reading -> reading.problems().forEach(problem -> problems.add("bot '" + id + "': " + problem)));
            if (harmonization != null && group.value() instanceof ParserParams parser) {
                new DefaultFields(parser.defaultFields()).problems(harmonization).forEach(problem -> problems.add("bot '" + id + "': " + problem));
            }
            List<String> warnings = new ArrayList<>();
            own.warnings().forEach(warning -> warnings.add("bot '" + id + "': " + warning));
            return new Findings(problems, warnings);
        }
    }

    private Readings read(BotConfiguration configuration, BotType<?> type) {
        ParameterSchema<? extends Record> own = ParameterSchema.of(type.params());
        ParameterSchema<? extends Record> group = ParameterSchema.of(type.group().commonParams());
        Map<String, Object> values = new LinkedHashMap<>(configuration.parameters());
        own.parameters().stream().filter(parameter -> parameter.name().equals("rate_limit") && parameter.defaultValue() != null)
                .forEach(parameter -> values.putIfAbsent("rate_limit", parameter.defaultValue()));
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
        return new Readings(own.read(values, others, folders), RUNTIME.read(values, values.keySet(), folders),
                group.read(values, values.keySet(), folders), unused);
    }
}
