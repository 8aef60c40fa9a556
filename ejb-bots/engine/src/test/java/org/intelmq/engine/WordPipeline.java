package org.intelmq.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Bots that make events of words, and where these arrive, for the tests of the engine. */
abstract class WordPipeline {

    @TempDir
    Path root;

    final List<String> written = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    boolean outputAway;
    EngineHarness harness;

    record WordsParams(@Param(value = "The words of the report.", byDefault = "a b c") String words) { }

    record MealParams(
            @Param(value = "In the morning.", byDefault = "bread") String breakfast,
            @Param(value = "At noon.", byDefault = "bread") String lunch,
            @Param(value = "How long dinner takes.", byDefault = "1h") Duration dinner) { }

    record PickyParams(@Param(value = "The comment refused.", byDefault = "bad") String refused) { }

    @BeforeEach
    void makeHarness() throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.words", "Words", "Sends words.", WordsParams.class, WordPipeline::words),
                BotType.parser("test.split", "Split", "An event a word.", NoParams.class, WordPipeline::split),
                BotType.expert("test.picky", "Picky", "Refuses one comment.", PickyParams.class, WordPipeline::picky),
                BotType.expert("test.rounds", "Rounds", "Sends round twice.", NoParams.class, (params, context) -> WordPipeline::round),
                BotType.expert("test.twice", "Twice", "Doubles.", NoParams.class, (params, context) -> twice()),
                BotType.expert("test.fussy", "Fussy", "Never starts.", NoParams.class, (params, context) -> fussy()),
                BotType.expert("test.meals", "Meals", "Eats bread.", MealParams.class, WordPipeline::meals),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) -> output()),
                BotType.output("test.batch", "Batch", "Keeps comments of batches.", NoParams.class, (params, context) -> batchOutput()))));
    }

    private static Bot<Tick> words(WordsParams params, BotContext context) {
        return (tick, out) -> {
            Report report = context.newReport();
            report.add(Fields.RAW, params.words());
            out.send(report);
        };
    }

    private static Bot<Message> fussy() {
        throw new ConfigurationException("parameter 'mood' cannot be \"bad\": expected good");
    }

    private static Bot<Message> meals(MealParams params, BotContext context) {
        requireBread("breakfast", params.breakfast());
        requireBread("lunch", params.lunch());
        return (message, out) -> out.send(message);
    }

    private static void requireBread(String meal, String food) {
        if (!food.equals("bread")) {
            throw new ConfigurationException("parameter '" + meal + "' cannot be \"" + food + "\": expected bread");
        }
    }

    private static Bot<Report> split(NoParams params, BotContext context) {
        return (report, out) -> {
            for (String word : Base64Text.decode(report.text(Fields.RAW)).split(" ")) {
                if (word.equals("broken")) {
                    Report part = report.copy();
                    part.put(Fields.RAW, word);
                    out.reject(part, new IllegalArgumentException("a broken word"));
                    continue;
                }
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, word);
                out.send(event);
            }
        };
    }

    private static Bot<Message> picky(PickyParams params, BotContext context) {
        return (message, out) -> {
            if (params.refused().equals(message.text(Fields.COMMENT))) {
                throw new IllegalStateException("refused on purpose");
            }
            out.send(message);
        };
    }

    private static void round(Message message, Outbox out) {
        String comment = message.text(Fields.COMMENT);
        if (comment.length() == 3) {
            out.send(message);
        } else {
            message.put(Fields.COMMENT, comment + 'x');
            out.send("again", message);
        }
    }

    /** Sends each input and a copy of it. */
    private static Bot<Message> twice() {
        return new BatchBot<>() {
            @Override
            public void processAll(List<Message> messages, Outbox out) {
                for (Message message : messages) {
                    out.send(message.copy());
                    out.send(message);
                }
            }

            @Override
            public void process(Message message, Outbox out) {
                processAll(List.of(message), out);
            }
        };
    }

    private Bot<Message> output() {
        return (message, out) -> {
            if (outputAway) {
                throw new UnavailableException("the output's database is unreachable");
            }
            written.add(message.text(Fields.COMMENT));
        };
    }

    private Bot<Message> batchOutput() {
        return new BatchBot<>() {
            @Override
            public void processAll(List<Message> messages, Outbox out) {
                batches.add(messages.size());
                for (Message message : messages) {
                    if ("bad".equals(message.text(Fields.COMMENT))) {
                        throw new IllegalStateException("the whole batch is refused");
                    }
                }
                messages.forEach(message -> written.add(message.text(Fields.COMMENT)));
            }

            @Override
            public void process(Message message, Outbox out) {
                processAll(List.of(message), out);
            }
        };
    }

    final void pipeline(String words, String expertParameters, String outputModule) throws IOException {
        pipeline(words, expertParameters, outputModule, "queue_limit: 0");
    }

    final void pipeline(String words, String expertParameters, String outputModule, String global) throws IOException {
        harness.configure("""
                global: {error_max_retries: 1, error_retry_delay: 10, rate_limit: 60, %s}
                words:
                  {group: Collector, module: test.words, name: Words, parameters: {words: '%s', destination_queues: {_default: [split-queue]}}}
                split:
                  {group: Parser, module: test.split, parameters: {rate_limit: 0, destination_queues: {_default: [picky-queue], _on_error: [errors]}}}
                picky:
                  {group: Expert, module: test.picky, parameters: {rate_limit: 0, %s destination_queues: {_default: [collect-queue]}}}
                collect:
                  {group: Output, module: %s, parameters: {rate_limit: 0}}
                """.formatted(global, words, expertParameters, outputModule));
        harness.start();
    }
}
