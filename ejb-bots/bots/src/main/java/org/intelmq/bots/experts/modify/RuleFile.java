package org.intelmq.bots.experts.modify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Field;
import org.intelmq.message.PlainValue;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** A list of rules: {@code {"rulename": name, "if": {field: condition, …}, "then": {field: value, …}}}. */
final class RuleFile {

    private final Path file;
    private final boolean anyCase;

    private RuleFile(Path file, boolean anyCase) {
        this.file = file;
        this.anyCase = anyCase;
    }

    static List<Rule> read(Path file, boolean anyCase) {
        Object content;
        try {
            content = Yaml.read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'configuration_path' cannot be \"" + file + "\": expected a readable file (" + e + ')', e);
        } catch (ConfigurationFileException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
        if (!(content instanceof List<?> list)) {
            throw new ConfigurationException(file + " is not a list of rules, but " + content);
        }
        return new RuleFile(file, anyCase).rules(list);
    }

    private List<Rule> rules(List<?> list) {
        List<Rule> rules = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> rule)) {
                throw new ConfigurationException(file + ": a rule is no object with rulename, if and then, but " + each);
            }
            rules.add(rule(rule));
        }
        return List.copyOf(rules);
    }

    private Rule rule(Map<?, ?> rule) {
        String name = "rule " + rule.get("rulename");
        if (!(rule.get("if") instanceof Map<?, ?> conditions)) {
            throw new ConfigurationException(file + ": " + name + " has no object of conditions under 'if'");
        }
        List<Condition> all = new ArrayList<>();
        conditions.forEach((field, expected) -> all.add(condition(name, Field.of(field.toString()), expected)));
        if (!rule.containsKey("rulename") || !(rule.get("then") instanceof Map<?, ?> actions)) {
            return new Rule(all, List.of(), file + ": " + name + " lacks a rulename or an object of actions under 'then'");
        }
        List<Action> then = new ArrayList<>();
        actions.forEach((field, value) -> then.add(new Action(Field.of(field.toString()), value)));
        return new Rule(List.copyOf(all), List.copyOf(then), null);
    }

    private Condition condition(String rule, Field field, Object expected) {
        if (!(expected instanceof String regex)) {
            return new Condition.Equal(field, PlainValue.of(expected));
        }
        if (regex.isEmpty()) {
            return new Condition.Absent(field);
        }
        try {
            return new Condition.Found(field, UserPattern.of(regex, anyCase));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file + ": " + rule + ": condition of " + field + " cannot be \"" + regex
                    + "\": expected a regular expression (" + e.getMessage() + ')', e);
        }
    }
}
