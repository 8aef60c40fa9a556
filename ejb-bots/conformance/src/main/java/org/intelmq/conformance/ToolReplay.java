package org.intelmq.conformance;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intelmq.bot.BotTool;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.replay.BotCase;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Exceptions;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Plain;

/** Runs the tool of a bot as a recorded command line does. */
final class ToolReplay {

    private static final String COMMAND_LINE = "command_line";
    private static final Pattern MENU = Pattern.compile("(?:GPG active|No GPG)\\n\\nWhat you would like to do\\?.*?\\n\\? ", Pattern.DOTALL);
    private static final Pattern SIZE = Pattern.compile("Size: \\d+");

    private ToolReplay() { }

    static boolean isIn(Map<String, Object> record) {
        return record.containsKey(COMMAND_LINE);
    }

    static <P extends Record> void run(Map<String, Object> record, BotType<P> type, BotCase running, Path folder, Comparison comparison) {
        List<String> arguments = Plain.list(record.get(COMMAND_LINE));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String typed = (String) Plain.map(record.get("given")).getOrDefault("stdin", "");
        BotTool.Caller caller = new BotTool.Caller(arguments.get(0), running.services().clock(), folder, running.services()::http,
                new BufferedReader(new StringReader(typed)), new PrintStream(said, true, StandardCharsets.UTF_8));
        boolean fails = !Plain.list(record.get("error")).isEmpty();
        try {
            int code = type.tool().run(params(type, record), caller, arguments.subList(1, arguments.size()));
            if (fails) {
                comparison.report("error[0]", Plain.map(Plain.list(record.get("error")).get(0)).get("exception_message"), Mismatch.NOTHING);
            } else {
                comparison.compare("exit", record.get("exit"), (long) code);
            }
        } catch (Exception e) {
            if (!fails) {
                comparison.report("error[0]", Mismatch.NOTHING, Exceptions.describe(e));
            }
        }
        String text = SIZE.matcher(MENU.matcher(said.toString(StandardCharsets.UTF_8)).replaceAll("{menu}")).replaceAll("Size: {size}");
        comparison.compare("stdout", sorted((String) record.get("stdout")), sorted(text));
    }

    /** Contacts come in the order of a Redis's keys, which is none. */
    private static List<String> sorted(String text) {
        return text.lines().map(line -> Arrays.stream(line.split(" ", -1)).sorted().collect(Collectors.joining(" "))).sorted().toList();
    }

    private static <P extends Record> P params(BotType<P> type, Map<String, Object> record) {
        Map<String, Object> given = Plain.map(record.get("parameters"));
        ParameterSchema.Reading<P> reading = ParameterSchema.of(type.params()).read(given, Set.copyOf(given.keySet()));
        if (!reading.problems().isEmpty()) {
            throw new ConfigurationException(String.join("; ", reading.problems()));
        }
        return reading.value();
    }
}
