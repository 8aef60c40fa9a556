package org.intelmq.bots.experts.modify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.PlainValue;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** A list of rules: {@code {"rulename": name, "if": {field: condition, …}, "then": {field: value, …}}}. */
final class ModifyRules {

    private final String file;
    private final boolean anyCase;

    ModifyRules(String file, boolean anyCase) {
        this.file = file;
        this.anyCase = anyCase;
    }

    static List<Rule> read(Path file, boolean anyCase) {
        String text;
        try {
            text = WholeFile.text(file);
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'configuration_path' cannot be \"" + file + "\": expected a readable file (" + e + ')', e);
        }
        ModifyRules rules = new ModifyRules(file.toString(), anyCase);
        return entries(text, file.toString()).stream().map(rules::rule).toList();
    }

    /** The entries of the list, one for each rule. */
    static List<?> entries(String text, String file) {
        Object content;
        try {
            content = Yaml.read(text, file);
        } catch (ConfigurationFileException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
        if (!(content instanceof List<?> list)) {
            throw new ConfigurationException(file + " is not a list of rules, but " + content);
        }
        return list;
    }

    Rule rule(Object entry) {
        if (!(entry instanceof Map<?, ?> rule)) {
            throw new ConfigurationException(file + ": a rule is not an object with rulename, if and then, but " + entry);
        }
        String name = "rule " + rule.get("rulename");
        if (!(rule.get("if") instanceof Map<?, ?> conditions)) {
            throw new ConfigurationException(file + ": " + name + " has no object of conditions under 'if'");
        }
        List<FieldCondition> all = new ArrayList<>();
        conditions.forEach((field, expected) -> all.add(condition(name, Field.of(field.toString()), expected)));
        if (!rule.containsKey("rulename") || !(rule.get("then") instanceof Map<?, ?> actions)) {
            return new Rule(all, List.of(), file + ": " + name + " lacks a rulename or an object of actions under 'then'");
        }
        List<Action> then = new ArrayList<>();
        actions.forEach((field, value) -> then.add(new Action(Field.of(field.toString()), value)));
        return new Rule(List.copyOf(all), List.copyOf(then), null);
    }

    private FieldCondition condition(String rule, Field field, Object expected) {
        if (!(expected instanceof String regex)) {
            return new FieldCondition.Equal(field, PlainValue.of(expected));
        }
        if (regex.isEmpty()) {
            return new FieldCondition.Absent(field);
        }
        try {
            return new FieldCondition.Found(field, UserPattern.of(regex, anyCase));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file + ": " + rule + ": condition of " + field + " cannot be \"" + regex
                    + "\": expected a regular expression (" + e.getMessage() + ')', e);
        }
    }
}
