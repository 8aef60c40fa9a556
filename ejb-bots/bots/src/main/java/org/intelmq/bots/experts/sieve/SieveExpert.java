package org.intelmq.bots.experts.sieve;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.bots.experts.sieve.SieveParser.Rules;
import org.intelmq.bots.experts.sieve.Statement.Verdict;
import org.intelmq.files.WholeFile;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;

public final class SieveExpert implements Bot<Message> {

    public record Params(
            @Param(value = "File with the rules.", byDefault = "/opt/intelmq/var/lib/bots/sieve/filter.sieve")
            Path file) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.sieve.expert", "Sieve",
            "Drops, routes and changes events by the rules in a file, which are written in a small language like that of mail filters.",
            Params.class, SieveExpert::new).withRules(new RuleText<>("sieve", Params::file, TracedRules::read));

    private final BotContext context;
    private final Rules rules;

    SieveExpert(Params params, BotContext context) {
        this.context = context;
        this.rules = SieveParser.parse(params.file.toString(), read(params.file), context.harmonization());
    }

    private static String read(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidArgument("parameter 'file' cannot be \"" + file + "\": expected an existing file");
        }
        try {
            return WholeFile.text(file).replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("file " + file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new ConfigurationException("file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        run(rules, new Run(event, context, rules.variableCount(), null), out);
    }

    static void run(Rules rules, Run run, Outbox out) {
        if (Statement.runAll(rules.statements(), run) == Verdict.DROP) {
            return;
        }
        for (int i = 0; i < run.paths.length; i++) {
            out.send(run.paths[i], i < run.paths.length - 1 ? run.event.copy() : run.event);
        }
    }
}
