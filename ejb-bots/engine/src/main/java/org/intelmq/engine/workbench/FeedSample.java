package org.intelmq.engine.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Tick;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.lend.Rehearsal;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.settings.HarmonizationFile;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.TransactionalState;

/**
 * One run of a collector and its parser over the real network that leaves nothing behind: nothing is sent, remembered or acknowledged to the
 * source. Thread-safe.
 */
public final class FeedSample {

    private static final int SHOWN = 3;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final Pattern LOGIN = Pattern.compile("\\b(?:401|403|407)\\b|unauthori[sz]ed|forbidden|credential|authentication|log ?in|password|api key",
            Pattern.CASE_INSENSITIVE);

    private final Installation installation;
    private final Catalogue catalogue;
    private final Services services;

    FeedSample(Installation installation, Catalogue catalogue, Services services) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.services = services;
    }

    /** The step at which a sample failed. */
    public enum Failure { SETTINGS, NETWORK, LOGIN, FORMAT }

    /**
     * @param events the first three in serialised form
     * @param count of all events
     * @param step where it failed; {@code null} if all went well
     * @param error why it failed; {@code null} if it did not
     */
    public record Result(List<String> events, long count, Failure step, String error) { }

    public Result take(BotConfiguration collector, BotConfiguration parser) throws IOException {
        Path logs = PrivateFiles.createDirectory(Files.createTempDirectory("intelmq-sample").resolve("logs"));
        try {
            return new Run(logs).take(collector, parser);
        } finally {
            delete(logs.getParent());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The real network, but no memory. */
    private record Forgetful(Services services) implements Services {

        @Override
        public Clock clock() {
            return services.clock();
        }

        @Override
        public Map<String, String> environment() {
            return services.environment();
        }

        @Override
        public long queueLength(String queue) {
            return 0;
        }

        @Override
        public TransactionalState state(String botId, CacheParams params) {
            return new Rehearsal(services).state(botId, params);
        }

        @Override
        public Http http(HttpParams params) {
            return services.http(params);
        }

        @Override
        public Dns dns() {
            return services.dns();
        }
    }

    private final class Run {

        private final Path logs;

        private Run(Path logs) {
            this.logs = logs;
        }

        Result take(BotConfiguration collector, BotConfiguration parser) {
            if (catalogue.find(collector.module()) != null && catalogue.find(collector.module()).streams()) {
                return failed(Failure.SETTINGS, "this feed pushes its data and cannot be asked for a sample: add it, and see what arrives");
            }
            Kept reports = new Kept(1);
            try {
                call(collector, null, reports);
            } catch (BotStartException e) {
                return failed(Failure.SETTINGS, e.getMessage());
            } catch (Exception e) {
                String reason = reason(e);
                return failed(LOGIN.matcher(reason).find() ? Failure.LOGIN : Failure.NETWORK, reason);
            }
            if (reports.messages.isEmpty()) {
                return failed(Failure.NETWORK, "the source was reached, but has nothing new");
            }
            Kept events = new Kept(SHOWN);
            try {
                call(parser, reports.messages.get(0), events);
            } catch (BotStartException e) {
                return failed(Failure.SETTINGS, e.getMessage());
            } catch (Exception e) {
                return failed(Failure.FORMAT, reason(e));
            }
            boolean isNothing = events.messages.isEmpty();
            String error = !isNothing ? null : events.rejected == null ? "the fetched data contain no events" : reason(events.rejected);
            return new Result(events.messages.stream().map(MessageJson::serialize).toList(), events.count, isNothing ? Failure.FORMAT : null, error);
        }

        private void call(BotConfiguration configuration, Message input, Kept kept) throws Exception {
            RunningBot bot = new BotFactory(installation, catalogue, new Forgetful(services))
                    .create(quiet(configuration), new HarmonizationFile(installation.harmonization()).read(), new Counters());
            try {
                kept.bot = bot;
                BotInstance instance = bot.instances().acquire();
                try {
                    instance.beginInput(UUID.randomUUID().toString());
                    instance.process(input == null ? new Tick(services.clock().instant()) : bot.fit(input), kept);
                } catch (Throwable thrown) {
                    throw FaultException.of(thrown);
                } finally {
                    instance.rollBackState();
                    bot.instances().release(instance);
                }
            } finally {
                bot.close(LONGEST_CLOSE);
            }
        }

        private BotConfiguration quiet(BotConfiguration bot) {
            Map<String, Object> parameters = new LinkedHashMap<>(bot.parameters());
            parameters.put("logging_path", logs.toString());
            return new BotConfiguration(bot.id(), bot.name(), bot.group(), bot.module(), bot.description(), bot.enabled(), bot.runMode(), bot.ownParameters(),
                    parameters, bot.destinationQueues(), bot.sourceQueue());
        }
    }

    private static Result failed(Failure step, String reason) {
        return new Result(List.of(), 0, step, reason);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Keeps the first of what a bot sends. */
    private static final class Kept implements Outbox {

        private final int most;
        private final List<Message> messages = new ArrayList<>();
        private RunningBot bot;
        private long count;
        private Exception rejected;

        Kept(int most) {
            this.most = most;
        }

        @Override
        public void send(String path, Message message) {
            if (bot.complete(message)) {
                count++;
                if (messages.size() < most) {
                    messages.add(message.copy());
                }
            }
        }

        @Override
        public void sendIfRouted(String path, Message message) {
            if (bot.routes(path)) {
                send(path, message);
            }
        }

        @Override
        public void reject(Report part, Exception reason) {
            if (rejected == null) {
                rejected = reason;
            }
        }

        @Override
        public void afterCommit(Runnable action) {
            // nothing is acknowledged to the source
        }

        @Override
        public void onUndo(Runnable action) {
            // nothing is kept that would have to be undone
        }
    }
}
