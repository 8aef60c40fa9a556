package org.intelmq.upgrade;

import static org.intelmq.upgrade.Configuration.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.upgrade.Configuration.Bot;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/** What upgrades change in files other than {@code runtime.yaml}: each method that takes only a configuration is an {@link Upgrade.Step}. */
final class FileChanges {

    private static final String MODIFY = "intelmq.bots.experts.modify.expert";

    private FileChanges() { }

    static Object rulesOfModify100(Configuration configuration) {
        Boolean changed = null;
        for (Bot bot : configuration.bots()) {
            if (!bot.is(MODIFY) || !bot.parameters().containsKey("configuration_path")) {
                continue;
            }
            Path file = Path.of(bot.parameter("configuration_path"));
            if (!Files.exists(file)) {
                continue;
            }
            if (!(read(file) instanceof Map<?, ?> groups)) {
                continue;
            }
            List<Object> rules = new ArrayList<>();
            groups.forEach((groupName, group) -> map(group).forEach((ruleName, rule) -> {
                Map<String, Object> converted = new LinkedHashMap<>();
                converted.put("rulename", groupName + " " + ruleName);
                converted.put("if", ((List<?>) rule).get(0));
                converted.put("then", ((List<?>) rule).get(1));
                rules.add(converted);
            }));
            changed = true;
            if (configuration.dryRun()) {
                configuration.log().accept("Would now convert file '" + file + "' syntax.");
            } else {
                keep(file);
                write(file, Json.pretty(rules));
            }
        }
        return changed;
    }

    static Object botsFile300(Configuration configuration) {
        return removeFile(configuration, "BOTS");
    }

    static Object defaultsFile300(Configuration configuration) {
        Path file = former(configuration, "defaults.conf");
        if (file != null && !configuration.dryRun()) {
            configuration.runtime().put("global", read(file));
        }
        return removeFile(configuration, "defaults.conf");
    }

    static Object pipelineFile300(Configuration configuration) {
        Path file = former(configuration, "pipeline.conf");
        if (file == null) {
            return null;
        }
        Map<String, Object> pipelines = map(read(file));
        for (Bot bot : configuration.bots()) {
            Map<String, Object> pipeline = pipelines.containsKey(bot.id()) ? map(pipelines.get(bot.id())) : Map.of();
            Pipelines.connect(bot.id(), bot.parameters(), pipeline);
        }
        removeFile(configuration, "pipeline.conf");
        return true;
    }

    private static Path former(Configuration configuration, String name) {
        Path file = configuration.folder() == null ? null : configuration.folder().resolve(name);
        return file != null && Files.exists(file) ? file : null;
    }

    private static Object removeFile(Configuration configuration, String name) {
        Path file = former(configuration, name);
        if (file == null) {
            return null;
        }
        if (configuration.dryRun()) {
            configuration.log().accept("Would now remove file '" + file + "'.");
            return null;
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static Object read(Path file) {
        try {
            return Yaml.read(ConfigurationText.read(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(Path file) {
        try {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".bak"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
