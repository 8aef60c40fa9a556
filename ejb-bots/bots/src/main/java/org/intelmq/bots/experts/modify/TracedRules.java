package org.intelmq.bots.experts.modify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.RuleText;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.text.Suggestion;
import org.intelmq.yaml.Yaml;

/** The bot's own rules, read from a text, with the line of each. */
final class TracedRules {

    private static final String NAME = "rules";
    private static final Pattern PLACE = Pattern.compile("line (\\d+)(?:, column (\\d+))?");

    private final ModifyExpert.Params params;
    private final BotContext context;
    private final List<RuleText.Mistake> mistakes = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private TracedRules(ModifyExpert.Params params, BotContext context) {
        this.params = params;
        this.context = context;
    }

    static RuleText.Reading read(String text, ModifyExpert.Params params, BotContext context) {
        return new TracedRules(params, context).read(text);
    }

    private RuleText.Reading read(String text) {
        List<?> entries;
        List<Integer> lines;
        try {
            entries = ModifyRules.entries(text, NAME);
            lines = Yaml.lines(text, NAME);
        } catch (ConfigurationException e) {
            Matcher place = PLACE.matcher(e.getMessage());
            boolean isSaid = place.find();
            mistakes.add(new RuleText.Mistake(isSaid ? Integer.parseInt(place.group(1)) : 1,
                    isSaid && place.group(2) != null ? Integer.parseInt(place.group(2)) : 1, e.getMessage(), true));
            return new RuleText.Reading(null, mistakes);
        }
        ModifyRules file = new ModifyRules(NAME, !params.caseSensitive());
        for (int i = 0; i < entries.size(); i++) {
            read(file, entries.get(i), lines.get(i));
        }
        if (mistakes.stream().anyMatch(RuleText.Mistake::fatal)) {
            return new RuleText.Reading(null, mistakes);
        }
        ModifyExpert expert = new ModifyExpert(params, rules);
        return new RuleText.Reading((event, out, trace) -> expert.process(event, out, (index, fits) -> {
            trace.condition(lines.get(index), fits);
            if (fits) {
                trace.action(lines.get(index));
            }
        }), mistakes);
    }

    private void read(ModifyRules file, Object entry, int line) {
        try {
            Rule rule = file.rule(entry);
            rules.add(rule);
            if (rule.problem() != null) {
                mistakes.add(new RuleText.Mistake(line, 1, rule.problem(), false));
            }
            Map<?, ?> sections = (Map<?, ?>) entry;
            fields(sections.get("if"), line);
            fields(sections.get("then"), line);
        } catch (ConfigurationException e) {
            mistakes.add(new RuleText.Mistake(line, 1, e.getMessage(), true));
        }
    }

    private void fields(Object section, int line) {
        if (section instanceof Map<?, ?> map) {
            map.keySet().stream().map(Object::toString).filter(name -> !new Event(context.harmonization()).isKnown(Field.of(name))).forEach(name -> {
                List<String> known = context.harmonization().eventFields().stream().map(Field::name).toList();
                String hint = Suggestion.nearest(name, known).map(near -> "; did you mean " + near + "?").orElse("");
                mistakes.add(new RuleText.Mistake(line, 1, name + " is not a field of the harmonization" + hint, false));
            });
        }
    }
}
