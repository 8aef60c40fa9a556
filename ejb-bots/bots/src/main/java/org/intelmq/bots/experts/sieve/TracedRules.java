package org.intelmq.bots.experts.sieve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.RuleText;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.Suggestion;

/** The rules of a text, compiled by the bot's own parser, with a trace around each condition and action. */
final class TracedRules implements RuleText.Rules {

    private static final String NAME = "rules";

    private final SieveParser.Rules rules;
    private final BotContext context;

    private TracedRules(SieveParser.Rules rules, BotContext context) {
        this.rules = rules;
        this.context = context;
    }

    static RuleText.Reading read(String text, SieveExpert.Params params, BotContext context) {
        SieveText sieve = new SieveText(NAME, text.replace("\r\n", "\n"));
        List<RuleText.Mistake> mistakes = new ArrayList<>();
        try {
            SieveParser.Rules rules = SieveParser.parse(sieve, context.harmonization(), new Tracing(sieve, context, mistakes));
            return new RuleText.Reading(new TracedRules(rules, context), mistakes);
        } catch (SieveSyntaxException e) {
            String word = sieve.wordAt(e.line(), e.column());
            String hint = Suggestion.question(word, words());
            mistakes.add(new RuleText.Mistake(e.line(), e.column(), e.problem() + hint, true));
            return new RuleText.Reading(null, mistakes);
        }
    }

    private static Set<String> words() {
        Set<String> words = new HashSet<>(SieveParser.ACTIONS);
        words.addAll(SieveParser.OPERATORS);
        words.addAll(List.of("if", "elif", "else", ":exists", ":notexists"));
        return words;
    }

    @Override
    public void process(Message event, Outbox out, RuleText.Trace trace) {
        SieveExpert.run(rules, new Run(event, context, rules.variableCount(), trace), out);
    }

    private record Tracing(SieveText text, BotContext context, List<RuleText.Mistake> mistakes) implements Watch {

        @Override
        public void field(Field field, int place) {
            if (!new Event(context.harmonization()).isKnown(field)) {
                List<String> known = context.harmonization().eventFields().stream().map(Field::name).toList();
                String hint = Suggestion.nearest(field.name(), known).map(near -> "; did you mean " + near + "?").orElse("");
                mistakes.add(new RuleText.Mistake(text.line(place), text.column(place), field + " is not a field of the harmonization" + hint, false));
            }
        }

        @Override
        public Statement action(int place, Statement compiled) {
            int line = text.line(place);
            return run -> {
                Statement.Verdict verdict = compiled.run(run);
                run.trace.action(line);
                return verdict;
            };
        }

        @Override
        public Condition test(int place, Condition compiled) {
            int line = text.line(place);
            return run -> {
                boolean holds = compiled.holds(run);
                run.trace.condition(line, holds);
                return holds;
            };
        }
    }
}
