package org.intelmq.bots.experts.modify;

import java.nio.file.Path;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

public final class ModifyExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.modify.expert", "Modify",
            "Changes fields of events that match the conditions of rules in a file.", Params.class, ModifyExpert::new)
            .withRules(new RuleText<>("modify", Params::configurationPath, TracedRules::read));

    public record Params(
            @Param(value = "File with the rules, in JSON or YAML; below var/lib/bots if not absolute.", byDefault = "modify/modify.conf", folder = Folder.DATA)
            Path configurationPath,
            @Param(value = "Whether the rules' regular expressions are case-sensitive.", byDefault = "true")
            boolean caseSensitive,
            @Param(value = "Number of matching rules after which no more are tried; if not set or 0, all are tried.", optional = true)
            Integer maximumMatches,
            @Param(value = "Whether rules replace fields that are set already.", byDefault = "true")
            boolean overwrite) { }

    private final List<Rule> rules;
    private final int mostMatches;
    private final IfPresent ifPresent;

    private ModifyExpert(Params params, BotContext context) {
        this(params, ModifyRules.read(context.dataDirectory().resolve(params.configurationPath()), !params.caseSensitive()));
    }

    ModifyExpert(Params params, List<Rule> rules) {
        this.rules = rules;
        this.mostMatches = params.maximumMatches() == null || params.maximumMatches() == 0 ? Integer.MAX_VALUE : params.maximumMatches();
        this.ifPresent = IfPresent.overwriting(params.overwrite());
    }

    @Override
    public void process(Message event, Outbox out) {
        process(event, out, null);
    }

    /** @param seen is told of each rule by its index; {@code null} for nobody */
    void process(Message event, Outbox out, Seen seen) {
        int matches = 0;
        for (int i = 0; i < rules.size(); i++) {
            boolean fits = rules.get(i).apply(event, ifPresent);
            if (seen != null) {
                seen.rule(i, fits);
            }
            if (fits && ++matches >= mostMatches) {
                break;
            }
        }
        out.send(event);
    }

    /** Is told which rules an event meets. */
    @FunctionalInterface
    interface Seen {
        void rule(int index, boolean fits);
    }
}
